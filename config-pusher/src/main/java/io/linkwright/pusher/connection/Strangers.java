package io.linkwright.pusher.connection;

import java.util.HashMap;
import java.util.Map;

/**
 * What may be held by connections that have not proved themselves: sockets in all and for each
 * address, and characters of messages that are not finished. Thread-safe.
 */
final class Strangers {
  /** Sockets in all. */
  static final int MAX_STRANGERS = 256;

  /** Sockets of one source address; edges behind one proxy or NAT share it. */
  static final int MAX_STRANGERS_PER_ADDRESS = 128;

  /** What each may send before it is asked whether there is room: a hello of some 500 links. */
  static final int FREE_CHARS = 64 * 1024;

  /**
   * Over all of them, beyond what each may send freely. A hello that lists 20,000 links of long
   * names has 3 million characters: a few such may come in at a time, the others come again.
   */
  static final long MAX_CHARS = 16L << 20;

  private final Map<String, Integer> byAddress = new HashMap<>();
  private int all;
  private long chars;

  synchronized boolean hasRoom(String address) {
    return all < MAX_STRANGERS && byAddress.getOrDefault(address, 0) < MAX_STRANGERS_PER_ADDRESS;
  }

  /** False if there is no room; otherwise {@link #left} has to follow. */
  synchronized boolean enter(String address) {
    if (!hasRoom(address)) {
      return false;
    }
    all++;
    byAddress.merge(address, 1, Integer::sum);
    return true;
  }

  /** It has proved itself, or is gone. */
  synchronized void left(String address) {
    all--;
    byAddress.computeIfPresent(address, (_, count) -> count > 1 ? count - 1 : null);
  }

  /** Takes room for more of an unfinished message; false if there is none. */
  synchronized boolean takeChars(long more) {
    if (chars + more > MAX_CHARS) {
      return false;
    }
    chars += more;
    return true;
  }

  synchronized void giveCharsBack(long taken) {
    chars -= taken;
  }

  synchronized int count() {
    return all;
  }

  synchronized long chars() {
    return chars;
  }
}
