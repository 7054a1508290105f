package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApicurioRegistryTest {
  private static final TopicDescriptor EVENTS = LinkwrightTopics.EVENTS;
  private static final String OTHER_SUBJECT = "evolving-value";

  private static ApicurioRegistry apicurio;

  @BeforeAll
  static void startRegistry() throws IOException, InterruptedException {
    apicurio = ApicurioRegistry.start();
  }

  @AfterAll
  static void stopRegistry() {
    apicurio.close();
  }

  @Test
  void schemasAreRegisteredOnceAndFoundByTheNextProcess() {
    for (TopicDescriptor topic : LinkwrightTopics.all()) {
      int registered = registry().idOf(topic.valueSubject(), topic.valueSchema());

      SchemaRegistry nextProcess = registry();

      assertThat(nextProcess.idOf(topic.valueSubject(), topic.valueSchema())).isEqualTo(registered);
      assertThat(nextProcess.schema(registered)).isEqualTo(SchemaTexts.plain(topic.valueSchema()));
    }
  }

  @Test
  void recordsAreReadByUsAndByAForeignClient() throws Exception {
    WireFormat writer = configured();
    WireFormat reader = configured();
    ForeignClient foreigner = new ForeignClient(apicurio.url());
    for (var event : GoldenRecords.events().values()) {
      var recorded = GoldenRecords.recorded(event);

      byte[] bytes = writer.events().serializer().serialize(EVENTS.name(), recorded);

      assertThat(reader.events().deserializer().deserialize(EVENTS.name(), bytes))
          .isEqualTo(recorded);
      assertThat(foreigner.read(bytes).get("commandId")).hasToString("add-dk-1");
    }
  }

  @Test
  void aSchemaThatCannotReadWhatWasWrittenIsRefused() throws Exception {
    registry().idOf(OTHER_SUBJECT, record("int"));

    assertThatThrownBy(() -> registry().idOf(OTHER_SUBJECT, record("string")))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessageContaining("status 409");
    assertThat(get("/config/" + OTHER_SUBJECT)).contains("BACKWARD_TRANSITIVE");
  }

  @Test
  void anUnknownIdIsTold() {
    assertThatThrownBy(() -> registry().schema(987_654_321))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("does not know id 987654321");
  }

  private static SchemaRegistry registry() {
    return new HttpSchemaRegistry(List.of(apicurio.url()));
  }

  private static WireFormat configured() {
    return WireFormat.configured(Map.of("schema.registry.url", apicurio.url().toString()));
  }

  private static Schema record(String fieldType) {
    return SchemaBuilder.record("Evolving")
        .fields()
        .name("value")
        .type(fieldType)
        .noDefault()
        .endRecord();
  }

  private static String get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(apicurio.url() + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
