package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.schemas.avro.LinkAdded;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {
  private static final UUID ID = UUID.fromString("0190a1b2-0000-7000-8000-000000000001");
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final GroupId GROUP = new GroupId("abilene");

  @Test
  void anEventNamesItselfItsSourceAndItsGroup() {
    Headers headers =
        CloudEventHeaders.of(
            new RecordedEvent(
                ID,
                GROUP,
                7,
                TIME,
                "ann",
                "command-1",
                new GroupEvent.LinkRemoved(LinkId.parse("denver~seattle"))));

    assertThat(texts(headers))
        .containsExactly(
            entry("ce_specversion", "1.0"),
            entry("content-type", "application/avro"),
            entry("ce_source", "/linkwright/command-service"),
            entry("ce_type", "io.linkwright.LinkRemoved"),
            entry("ce_id", ID.toString()),
            entry("ce_time", "2026-01-02T03:04:05.678901Z"),
            entry("ce_subject", "abilene"));
  }

  @Test
  void aTopologyEventHasASourceOfItsOwn() {
    Headers headers =
        CloudEventHeaders.of(
            new RecordedTopologyEvent(
                ID, GROUP, 7, TIME, new TopologyEvent.MemberIsolated(new EdgeId("denver"))));

    assertThat(texts(headers))
        .contains(
            entry("ce_source", "/linkwright/topology-stream"),
            entry("ce_type", "io.linkwright.MemberIsolated"));
  }

  /** Whoever routes by type and whoever decodes must find the same names. */
  @Test
  void typesAreTheNamesOfTheSchemas() {
    assertThat(names(GroupEvent.class))
        .containsExactlyInAnyOrderElementsOf(branches(LinkwrightTopics.EVENTS));
    assertThat(names(TopologyEvent.class))
        .containsExactlyInAnyOrderElementsOf(branches(LinkwrightTopics.TOPOLOGY));
    assertThat(names(GroupEvent.class)).contains(LinkAdded.getClassSchema().getName());
  }

  private static List<String> names(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getSimpleName).toList();
  }

  private static List<String> branches(TopicDescriptor topic) {
    return topic.valueSchema().getField("payload").schema().getTypes().stream()
        .map(Schema::getName)
        .toList();
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Header header : headers) {
      assertThat(texts.put(header.key(), new String(header.value(), UTF_8))).isNull();
    }
    return texts;
  }
}
