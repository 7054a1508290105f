package io.linkwright.topology.query;

import io.linkwright.topology.view.GroupView;

/** The partitions of the view that this process has: a port, so that queries need no cluster. */
public interface ViewPartitions {

  /** Number of partitions of the installation. */
  int count();

  /**
   * A partition, to be read now.
   *
   * @throws ViewNotReadyException if it is being restored, or is elsewhere
   */
  GroupView view(int partition);

  /** The view cannot be read now; the message says why. */
  final class ViewNotReadyException extends RuntimeException {
    /** Says why. */
    public ViewNotReadyException(String reason) {
      super(reason, null, false, false);
    }
  }
}
