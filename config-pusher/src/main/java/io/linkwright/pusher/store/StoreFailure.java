package io.linkwright.pusher.store;

/** The disk under the store failed, is full or holds another format. */
public final class StoreFailure extends RuntimeException {
  StoreFailure(String doing, Throwable cause) {
    super("edge-config store failed while %s: %s".formatted(doing, cause.getMessage()), cause);
  }
}
