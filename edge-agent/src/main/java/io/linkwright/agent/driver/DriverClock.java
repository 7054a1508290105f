package io.linkwright.agent.driver;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two times a driver needs.
 *
 * @param monotonicNanos for intervals; never jumps
 * @param wall in which WireGuard notes its handshakes
 */
record DriverClock(LongSupplier monotonicNanos, InstantSource wall) {
  static final DriverClock SYSTEM = new DriverClock(System::nanoTime, InstantSource.system());
}
