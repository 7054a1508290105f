package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.schemas.CloudEventHeaders;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.TopicDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} against the topics, their schemas and the edge protocol's page. */
class AsyncApiTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern PROTOCOL_SCHEMA =
      Pattern.compile("```json\\R(\\{\"title\".*?)```", Pattern.DOTALL);

  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    document = new YAMLMapper().readTree(DOCS.resolve("asyncapi.yaml").toFile());
  }

  @Test
  void everyTopicIsAChannelWithItsSchema() throws IOException {
    Map<String, TopicDescriptor> topics = new HashMap<>();
    LinkwrightTopics.all().forEach(topic -> topics.put(topic.name(), topic));
    for (JsonNode channel : document.path("channels")) {
      if (!channel.path("servers").path(0).path("$ref").asText().endsWith("/kafka")) {
        continue;
      }
      TopicDescriptor topic = topics.remove(channel.path("address").asText());
      assertThat(topic).as(channel.toString()).isNotNull();
      assertThat(names(channel.path("messages"))).containsExactly(topic.valueSchema().getName());
      assertThat(schemaOf(topic.valueSchema())).isEqualTo(topic.valueSchema().getName());
    }
    assertThat(topics).isEmpty();
  }

  @Test
  void keysAndHeadersAreThoseOfTheRecords() {
    String key =
        EdgeConfigKey.ofLink(new EdgeId("edge"), new GroupId("group"), LinkId.parse("a~b"))
            .toString();
    RecordedTopologyEvent event =
        new RecordedTopologyEvent(
            new UUID(1, 1),
            new GroupId("group"),
            1,
            Instant.EPOCH,
            new TopologyEvent.MemberIsolated(new EdgeId("edge")));
    List<String> headers = new ArrayList<>();
    for (Header header : CloudEventHeaders.of(event)) {
      headers.add(header.key());
    }

    JsonNode configuration = document.at("/components/messages/EdgeConfigChanged");
    assertThat(configuration.at("/bindings/kafka/key/description").asText())
        .isEqualTo(key.replace("a~b", "link"));
    assertThat(names(configuration.at("/headers/properties")))
        .containsExactly(RecordHeaders.REVISION);
    assertThat(names(document.at("/components/messages/GroupEvent/headers/allOf/1/properties")))
        .containsExactly(RecordHeaders.MAC);
    assertThat(texts(document.at("/components/schemas/CloudEvent/required")))
        .containsExactlyInAnyOrderElementsOf(headers);
    assertThat(texts(document.at("/components/schemas/CloudEvent/properties/ce_source/enum")))
        .containsExactly(CloudEventHeaders.EVENTS_SOURCE, CloudEventHeaders.TOPOLOGY_SOURCE);
  }

  @Test
  void theEdgesMessagesAreThoseOfTheProtocol() throws IOException {
    Map<String, List<String>> protocol = new HashMap<>();
    var blocks = PROTOCOL_SCHEMA.matcher(Files.readString(DOCS.resolve("protocol.md")));
    while (blocks.find()) {
      JsonNode schema = new ObjectMapper().readTree(blocks.group(1));
      protocol.put(schema.path("title").asText(), texts(schema.path("required")));
    }

    Map<String, List<String>> described = new HashMap<>();
    for (String name : names(document.at("/channels/edgeConnection/messages"))) {
      JsonNode schema = document.at("/components/schemas/" + name);
      assertThat(schema.at("/properties/type/const").asText()).isEqualTo(name);
      described.put(name, texts(schema.path("required")));
    }
    assertThat(described).isNotEmpty().isEqualTo(protocol);
  }

  /** The record that the referenced schema file is about. */
  private static String schemaOf(Schema value) throws IOException {
    JsonNode message = document.at("/components/messages/" + value.getName());
    Path file = DOCS.resolve(message.at("/payload/schema/$ref").asText());
    return new ObjectMapper().readTree(file.toFile()).path("name").asText();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
