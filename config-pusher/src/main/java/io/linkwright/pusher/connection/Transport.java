package io.linkwright.pusher.connection;

import io.linkwright.pusher.delivery.CloseReason;

/** The wire to one edge. No call waits for the edge; what fails ends in a close. */
interface Transport {

  /** Sends a text message after those before it. */
  void send(String text);

  /** Sends a ping frame. */
  void ping();

  /** The edge has proved itself: it may send longer messages than a stranger. */
  void trust();

  /** Begins the closing handshake. */
  void close(CloseReason reason);

  /** Drops the connection without a word. */
  void abort();
}
