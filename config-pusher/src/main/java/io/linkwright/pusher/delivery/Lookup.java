package io.linkwright.pusher.delivery;

/** What the store says of a key. */
public sealed interface Lookup<T> {

  /** There is a record. */
  record Present<T>(T value) implements Lookup<T> {}

  /** There is none: never was, or removed. */
  record Absent<T>() implements Lookup<T> {}

  /**
   * There is a record that this version cannot read. What the edge runs must stay as it is: it is
   * neither changed nor removed.
   *
   * @param error for people
   */
  record Unreadable<T>(String error) implements Lookup<T> {}
}
