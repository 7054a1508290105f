package io.linkwright.pusher.feed;

/** How far the store can be trusted. */
public sealed interface FeedState {

  /** Still reading what was on the topic when the feed began. */
  record Restoring(long recordsBehind) implements FeedState {}

  /** Follows the topic. */
  record Live() implements FeedState {}

  /** Stopped by an error; tried again after a while. What is stored may be old. */
  record Failing(String error) implements FeedState {}
}
