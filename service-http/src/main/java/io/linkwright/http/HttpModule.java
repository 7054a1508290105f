package io.linkwright.http;

import io.javalin.config.JavalinConfig;

/** A service's part of the HTTP server. In the all-in-one run several share one server. */
public interface HttpModule {

  /** Names the module in {@code /readyz} and in log lines. */
  String name();

  /** Adds the module's routes. Called once, before the server starts. */
  void routes(JavalinConfig config);

  /**
   * Whether requests can be served now. Called often and from any thread: never blocks. A module
   * that waits for nothing can serve them always.
   */
  default Readiness readiness() {
    return Readiness.ready();
  }

  /**
   * Whether the threads that matter run and get on. False only for what does not heal by itself: a
   * cluster that is away makes a module unready, not dead. Called often and from any thread: never
   * blocks.
   */
  default Liveness liveness() {
    return Liveness.alive();
  }

  /**
   * The server is about to stop: end what would otherwise go on, such as event streams and
   * WebSockets, so that stopping need not wait for them.
   */
  default void serverStopping() {}
}
