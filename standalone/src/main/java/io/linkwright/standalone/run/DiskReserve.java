package io.linkwright.standalone.run;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.linkwright.http.HttpModule;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.Readiness;
import io.linkwright.httpapi.ApiPaths;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Stops taking commands before the disk is full. A broker that cannot write to its only directory
 * takes it for broken and ends the process; with some room left, what runs goes on, and everything
 * is well again as soon as somebody has made room. Thread-safe.
 */
final class DiskReserve implements HttpModule {
  /**
   * With less than this free, commands are refused; the rest is for what edges report meanwhile.
   */
  static final long FLOOR_BYTES = 128L << 20;

  /** With this much free they are taken again, so that it does not change with every record. */
  static final long ENOUGH_BYTES = 160L << 20;

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private record Look(long atNanos, long freeBytes, boolean low) {}

  private final Path directory;
  private final LongSupplier free;
  private final LongSupplier nanoTime;
  private volatile Look last;

  DiskReserve(Path directory, LongSupplier free, LongSupplier nanoTime) {
    this.directory = directory;
    this.free = free;
    this.nanoTime = nanoTime;
    long freeBytes = free.getAsLong();
    this.last = new Look(nanoTime.getAsLong(), freeBytes, freeBytes < FLOOR_BYTES);
  }

  /** Of the file system that the directory is on. */
  static DiskReserve of(Path directory, MeterRegistry metrics) {
    DiskReserve reserve =
        new DiskReserve(directory, directory.toFile()::getUsableSpace, System::nanoTime);
    Gauge.builder("linkwright.disk.free.bytes", reserve, disk -> disk.look().freeBytes())
        .description("Free on the file system of the data directory")
        .register(metrics);
    return reserve;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public void routes(JavalinConfig config) {
    config.routes.before(ApiPaths.ROOT + "*", this::refuseCommands);
  }

  @Override
  public Readiness readiness() {
    Look now = look();
    return now.low() ? Readiness.notReady(text(now)) : Readiness.ready();
  }

  private void refuseCommands(Context context) {
    if (READING.contains(context.method().name())) {
      return;
    }
    Look now = look();
    if (now.low()) {
      throw new ProblemException(Problem.notReady(text(now), RETRY_AFTER));
    }
  }

  private Look look() {
    Look known = last;
    long now = nanoTime.getAsLong();
    if (now - known.atNanos() < LOOK_EVERY.toNanos()) {
      return known;
    }
    long freeBytes = free.getAsLong();
    Look next = new Look(now, freeBytes, freeBytes < (known.low() ? ENOUGH_BYTES : FLOOR_BYTES));
    last = next;
    return next;
  }

  private String text(Look look) {
    return "the disk is almost full: %d MiB are free under %s, %d MiB are needed; commands are taken again when there is room"
        .formatted(look.freeBytes() >> 20, directory, ENOUGH_BYTES >> 20);
  }
}
