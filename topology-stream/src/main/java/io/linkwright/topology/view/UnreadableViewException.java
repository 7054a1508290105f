package io.linkwright.topology.view;

/** A record of the view is not one that this build wrote or knows: the view has to be made anew. */
public final class UnreadableViewException extends RuntimeException {
  UnreadableViewException(String message) {
    super(message);
  }
}
