package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others see who know the registry's URL and nothing else. */
class ForeignClientTest {
  private static final TopicDescriptor EVENTS = LinkwrightTopics.EVENTS;

  private LocalHttpServer server;
  private ForeignClient client;

  @BeforeEach
  void serveTheBundledSchemas() throws IOException {
    RegistryEndpoint endpoint = new RegistryEndpoint(BundledSchemaRegistry.instance());
    server =
        new LocalHttpServer(
            request -> endpoint.answer(request.method(), request.path(), request.body()));
    client = new ForeignClient(server.url());
  }

  @AfterEach
  void stopServing() {
    server.close();
  }

  @Test
  void everyGoldenEventIsReadByAnotherDecoder() throws Exception {
    var serializer = WireFormat.bundled().events().serializer();
    for (var event : GoldenRecords.events().values()) {
      byte[] bytes = serializer.serialize(EVENTS.name(), GoldenRecords.recorded(event));

      var read = client.read(bytes);

      assertThat(read.get("group")).hasToString("abilene");
      assertThat(read.get("revision")).isEqualTo(42L);
      assertThat(read.get("payload").toString()).startsWith("{");
    }
  }

  @Test
  void theTunnelsOfALinkAreReadByAnotherDecoder() throws Exception {
    var event = GoldenRecords.recorded(GoldenRecords.events().get("LinkAdded-3"));
    byte[] bytes = WireFormat.bundled().events().serializer().serialize(EVENTS.name(), event);

    String json = client.read(bytes).toString();

    assertThat(json)
        .contains("\"id\": \"denver~kansas-city\"")
        .contains("\"interface\": \"wg3\"")
        .contains("\"spi\": 4294967295");
  }

  @Test
  void theBundledSchemaIsFoundAndNoOtherIsTaken() throws Exception {
    String schema = EVENTS.valueSchema().toString();

    assertThat(client.idOf(EVENTS.valueSubject(), schema)).isEqualTo(7);
    assertThat(client.register(EVENTS.valueSubject(), schema)).isEqualTo(7);
    assertThatThrownBy(() -> client.register(EVENTS.valueSubject(), "\"string\""))
        .hasMessageContaining("takes no schema but the bundled ones; error code: 42205");
  }
}
