package dev.freshet.catalog.database;

import static java.util.Objects.requireNonNull;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/**
 * What {@code sslmode} and {@code sslrootcert} mean, the same as to psql: up to {@code require} the
 * connection is encrypted and nobody's certificate is looked at, unless a root certificate is
 * given; {@code verify-ca} and {@code verify-full} check it, against the root certificate or those
 * that Java trusts.
 *
 * @param rootCertificate a PEM file; empty for those that Java trusts
 */
public record Encryption(SslMode mode, Optional<String> rootCertificate) {

  /** The value of {@code sslrootcert} for the certificates that the system trusts. */
  private static final String SYSTEM = "system";

  public Encryption {
    requireNonNull(mode);
    requireNonNull(rootCertificate);
  }

  static Encryption of(SslMode mode, Optional<String> sslrootcert) {
    return new Encryption(mode, sslrootcert.filter(file -> !file.equals(SYSTEM)));
  }

  /** Whether the server's certificate is checked. */
  public boolean isVerified() {
    return switch (mode) {
      case DISABLE -> false;
      case ALLOW, PREFER, REQUIRE -> rootCertificate.isPresent();
      case VERIFY_CA, VERIFY_FULL -> true;
    };
  }

  void applyTo(PgConnectOptions options) {
    // Without a name for the check none is made.
    options.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    if (isVerified()) {
      options.setTrustOptions(
          rootCertificate
              .<TrustOptions>map(file -> new PemTrustOptions().addCertPath(file))
              .orElseGet(Encryption::ofJava));
    } else {
      options.setTrustAll(true);
    }
  }

  private static TrustOptions ofJava() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java has no certificates that it trusts", impossible);
    }
  }
}
