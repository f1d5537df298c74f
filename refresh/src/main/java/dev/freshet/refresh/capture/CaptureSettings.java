package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.RefreshConfiguration;
import java.time.Duration;

/**
 * The limits of capture.
 *
 * @param bufferBytesMax the fuse: a buffer larger than this takes gap rows instead of changes
 * @param captureRowsMax the fuse: a statement that changes more rows than this leaves a gap row
 * @param bufferRotateBytes an active buffer larger than this is exchanged for the empty one
 * @param bufferQuietBytes an active buffer larger than this is emptied in place, if everything in
 *     it has been read and no writer is there
 * @param lockTimeout how long installing and removing may queue for a source's lock, with writers
 *     queueing behind
 * @param disposalLockTimeout how long emptying may queue for a buffer that writers no longer use
 * @param unusedGrace how long a capture stays that nobody has been recorded as reading
 */
public record CaptureSettings(
    long bufferBytesMax,
    long captureRowsMax,
    long bufferRotateBytes,
    long bufferQuietBytes,
    Duration lockTimeout,
    Duration disposalLockTimeout,
    Duration unusedGrace) {

  public CaptureSettings {
    requireNonNull(lockTimeout);
    requireNonNull(disposalLockTimeout);
    requireNonNull(unusedGrace);
    if (bufferBytesMax <= 0 || captureRowsMax <= 0) {
      throw new IllegalArgumentException(
          "freshet.buffer-bytes-max and freshet.capture-rows-max must be positive");
    }
  }

  /**
   * What measured well. Rotating twice a second cost sixteen writers nothing that could be seen,
   * while every refresh reads the whole buffer: some 20 ms for 8 MB on a busy machine, 3 ms for 1
   * MB.
   */
  public static CaptureSettings defaults() {
    return new CaptureSettings(
        1L << 30,
        1_000_000,
        1L << 20,
        64L << 10,
        Duration.ofSeconds(2),
        Duration.ofMillis(50),
        Duration.ofSeconds(10));
  }

  /**
   * The settings of the service.
   *
   * @throws IllegalArgumentException if they make no sense; then the service does not start
   */
  public static CaptureSettings of(RefreshConfiguration configuration) {
    CaptureSettings others = defaults();
    return new CaptureSettings(
        configuration.bufferBytesMax().asLongValue(),
        configuration.captureRowsMax(),
        others.bufferRotateBytes(),
        others.bufferQuietBytes(),
        others.lockTimeout(),
        others.disposalLockTimeout(),
        others.unusedGrace());
  }
}
