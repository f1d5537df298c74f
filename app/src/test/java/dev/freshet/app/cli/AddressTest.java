package dev.freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.database.DatabaseUrl;
import io.vertx.pgclient.SslMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressTest {

  @Test
  void bothSchemesAreTaken() {
    assertThat(parse("postgres://ann:secret@db.example:6000/shop").uri())
        .isEqualTo("postgresql://ann:secret@db.example:6000/shop");
    assertThat(parse("postgresql://ann@db.example/shop").uri())
        .isEqualTo("postgresql://ann@db.example:5432/shop");
  }

  @Test
  void whatIsLeftOutIsFilledInAsPsqlDoes() {
    assertThat(Address.parse("postgresql://", Map.of("PGUSER", "ann", "PGPASSWORD", "s")).uri())
        .isEqualTo("postgresql://ann:s@localhost:5432/ann");
  }

  @Test
  void specialCharactersOfThePasswordArrive() {
    DatabaseUrl url = parse("postgresql://ann:p%40ss%2Fw%25rd+@db/shop");

    assertThat(url.options().getPassword()).isEqualTo("p@ss/w%rd+");
    assertThat(url.options().getHost()).isEqualTo("db");
    assertThat(parse("postgresql://ann:p@ss:word@db/shop").options().getPassword())
        .isEqualTo("p@ss:word");
  }

  @Test
  void sslModeIsKept() {
    assertThat(parse("postgresql://ann@db/shop?sslmode=require").options().getSslMode())
        .isEqualTo(SslMode.REQUIRE);
  }

  @Test
  void hostsWithUnderscoresAndBracketsAreTaken() {
    assertThat(parse("postgresql://ann@my_db:6000/shop").options().getHost()).isEqualTo("my_db");
    assertThat(parse("postgresql://ann@[::1]:6000/shop").options().getPort()).isEqualTo(6000);
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThat(parse("postgresql://ann:secret@db:6000/shop").toString()).doesNotContain("secret");
    assertThatThrownBy(() -> parse("postgresql://ann:sec/ret@db:6000/shop"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageNotContaining("sec");
  }

  @Test
  void severalHostsAreRefused() {
    assertThatThrownBy(() -> parse("postgresql://a:1,b:2/shop"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the address names several hosts; give the one of the primary");
  }

  private static DatabaseUrl parse(String text) {
    return Address.parse(text, Map.of());
  }
}
