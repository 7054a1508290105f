package io.linkwright.schemas;

/**
 * How topics are laid out on the cluster.
 *
 * @param partitions of every topic; fixed for the life of the installation
 * @param replication copies of every partition
 * @param minInsyncReplicas copies that must have a record before it counts as written
 */
public record TopicLayout(int partitions, short replication, int minInsyncReplicas) {
  /** Partitions of every topic of a cluster unless configured otherwise. */
  public static final int DEFAULT_PARTITIONS = 12;

  /**
   * On one broker. What more partitions are for, more instances, it does not have; and each that a
   * transaction touches costs it a file to append to and a mark.
   */
  private static final int SINGLE_BROKER_PARTITIONS = 4;

  /** Brokers from which on one may be lost. */
  public static final int CLUSTER_BROKERS = 3;

  private static final short CLUSTER_REPLICATION = 3;

  /** Most partitions a topic may have. */
  public static final int MAX_PARTITIONS = 1_024;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the number and what is allowed
   */
  public TopicLayout {
    requireWithin("partitions", partitions, MAX_PARTITIONS);
    requireWithin("replication", replication, Short.MAX_VALUE);
    requireWithin("minInsyncReplicas", minInsyncReplicas, replication);
  }

  /** One broker: nothing to replicate to. */
  public static TopicLayout singleBroker() {
    return new TopicLayout(SINGLE_BROKER_PARTITIONS, (short) 1, 1);
  }

  /** The same with another number of partitions. */
  public TopicLayout withPartitions(int number) {
    return new TopicLayout(number, replication, minInsyncReplicas);
  }

  /**
   * As many copies as a cluster of so many brokers can use: of three, one broker may be lost
   * without anybody noticing. Of two, either both are needed to write or one alone may lose what it
   * acknowledged; a cluster of fewer than three is for trying out.
   */
  public static TopicLayout ofCluster(int brokers, int partitions) {
    return brokers < CLUSTER_BROKERS
        ? new TopicLayout(partitions, (short) 1, 1)
        : new TopicLayout(partitions, CLUSTER_REPLICATION, 2);
  }

  private static void requireWithin(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s=%d is not within 1..%d".formatted(name, value, max));
    }
  }
}
