package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitioningTest {
  private static final int PARTITIONS = 12;

  @Test
  void groupsAndEdgesLieWhereKafkasOwnPartitionerPutsTheirIds() {
    Set<Integer> used = new HashSet<>();

    IntStream.range(0, 500)
        .mapToObj(i -> "site-" + i)
        .forEach(
            id -> {
              int kafkas = BuiltInPartitioner.partitionForKey(id.getBytes(UTF_8), PARTITIONS);
              assertThat(Partitioning.ofGroup(new GroupId(id), PARTITIONS)).isEqualTo(kafkas);
              assertThat(Partitioning.ofEdge(new EdgeId(id), PARTITIONS)).isEqualTo(kafkas);
              used.add(kafkas);
            });

    assertThat(used).hasSize(PARTITIONS);
  }

  /** A change here would tear the histories of existing groups apart. */
  @Test
  void partitionsOfKnownIdsNeverChange() {
    assertThat(Partitioning.ofGroup(new GroupId("abilene"), PARTITIONS)).isEqualTo(8);
    assertThat(Partitioning.ofEdge(new EdgeId("denver"), PARTITIONS)).isEqualTo(11);
    assertThat(Partitioning.ofEdge(new EdgeId("kansas-city"), 3)).isEqualTo(2);
  }
}
