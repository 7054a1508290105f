package io.linkwright.pusher.feed;

/** The store's content cannot be brought up to date by reading on: it has to be read anew. */
final class OutdatedStoreException extends RuntimeException {
  OutdatedStoreException(String why) {
    super(why);
  }
}
