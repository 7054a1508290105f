package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RestoreProgressTest {
  private final RestoreProgress progress = new RestoreProgress();

  @Test
  void whatIsBehindIsSaidUntilItIsRestored() {
    TopicPartition one = new TopicPartition("changelog", 1);
    TopicPartition two = new TopicPartition("changelog", 2);
    progress.onRestoreStart(one, "view", 100, 1_100);
    progress.onRestoreStart(two, "view", 0, 500);
    progress.onBatchRestored(one, "view", 400, 300);

    assertThat(progress.text()).isEqualTo("2 partitions are being restored, 1200 records behind");

    progress.onRestoreEnd(one, "view", 1_000);
    progress.onRestoreSuspended(two, "view", 0);
    assertThat(progress.text()).isEqualTo("partitions are being assigned");
  }
}
