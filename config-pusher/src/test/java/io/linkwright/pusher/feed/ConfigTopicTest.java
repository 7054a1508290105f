package io.linkwright.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.pusher.store.StoreOrigin;
import io.linkwright.schemas.LinkwrightTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConfigTopicTest {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Instant STOPPED_AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final ConfigTopic TOPIC = new ConfigTopic("id", List.of(), RETENTION);
  private static final Optional<StoreOrigin> ORIGIN =
      Optional.of(new StoreOrigin("id", STOPPED_AT));

  @Test
  void continuesAStoreThatWasAwayForAWhile() {
    assertThat(TOPIC.continues(ORIGIN, STOPPED_AT.plus(Duration.ofDays(14)))).isTrue();
  }

  @Test
  void readsAnewWhenRemovalsMayHaveComeAndGone() {
    assertThat(TOPIC.continues(ORIGIN, STOPPED_AT.plus(Duration.ofDays(15)))).isFalse();
  }

  @Test
  void readsAnewWhatCameFromAnotherTopicOrFromNobodyKnowsWhere() {
    Optional<StoreOrigin> other = Optional.of(new StoreOrigin("other", STOPPED_AT));

    assertThat(TOPIC.continues(other, STOPPED_AT)).isFalse();
    assertThat(TOPIC.continues(Optional.empty(), STOPPED_AT)).isFalse();
  }

  @Test
  void readsAnewWhenTheTopicEndsBeforeTheStoresOffsets() {
    TopicPartition partition = new TopicPartition(LinkwrightTopics.EDGE_CONFIG.name(), 0);

    assertThatCode(() -> ConfigTopic.requireWithin(Map.of(0, 7L), Map.of(partition, 7L)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> ConfigTopic.requireWithin(Map.of(0, 8L), Map.of(partition, 7L)))
        .isInstanceOf(OutdatedStoreException.class);
    assertThatThrownBy(() -> ConfigTopic.requireWithin(Map.of(1, 1L), Map.of(partition, 7L)))
        .isInstanceOf(OutdatedStoreException.class);
  }
}
