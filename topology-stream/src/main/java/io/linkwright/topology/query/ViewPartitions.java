package io.linkwright.topology.query;

import io.linkwright.topology.view.GroupView;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

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

  /**
   * Where the instance is that has the partition, if that is known to be another than this. It may
   * be so no longer when it is asked.
   */
  Optional<URI> elsewhere(int partition);

  /**
   * How old the view of a partition is at most; empty if it is not here, or nobody has compared it
   * with the log yet.
   */
  Optional<Duration> age(int partition);

  /** The view cannot be read now; the message says why. */
  final class ViewNotReadyException extends RuntimeException {
    /** Says why. */
    public ViewNotReadyException(String reason) {
      super(reason, null, false, false);
    }
  }
}
