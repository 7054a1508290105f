package io.linkwright.command.api;

import io.linkwright.command.writer.ScheduledRekeys;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.edgeprotocol.ControllerKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What a command needs from outside and {@code decide} may not reach for: the time, a key for a
 * command that brings none, random bits, tokens. Thread-safe if its suppliers are.
 */
public record CommandStamps(
    InstantSource clock, CommandIds commandIds, Supplier<KeySeed> seeds, EnrollmentTokens tokens) {

  /** The system's clock, secure random numbers, and tokens of this controller. */
  public static CommandStamps system(ControllerKey controllerKey) {
    SecureRandom random = new SecureRandom();
    return new CommandStamps(
        InstantSource.system(),
        new CommandIds(controllerKey),
        () -> seed(random),
        new EnrollmentTokens(controllerKey));
  }

  /** For a writer's own commands, stamped as a client's are. */
  public ScheduledRekeys rekeys(WriterMetrics metrics) {
    return new ScheduledRekeys(this::now, commandIds::made, seeds, metrics);
  }

  /** In microseconds, as the log keeps it: what is decided live is what a replay decides. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static KeySeed seed(SecureRandom random) {
    byte[] bytes = new byte[KeySeed.LENGTH_BYTES];
    random.nextBytes(bytes);
    return new KeySeed(bytes);
  }
}
