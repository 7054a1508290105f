package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.linkwright.embedded.LoopbackPort;
import io.linkwright.schemas.LocalHttpServer.Handler;
import io.linkwright.schemas.LocalHttpServer.Request;
import io.linkwright.schemas.RegistryEndpoint.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSchemaRegistryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBJECT = "linkwright.events-value";
  private static final Schema SCHEMA = LinkwrightTopics.EVENTS.valueSchema();
  private static final Answer UNAVAILABLE = error(503, 50301, "not yet");
  private static final Answer NO_SUBJECT = error(404, 40401, "Subject not found.");

  @Test
  void aKnownSchemaIsLookedUpOnceAndNothingIsChanged() throws IOException {
    try (LocalHttpServer server = serve(id(4711), schema(SCHEMA.toString()))) {
      HttpSchemaRegistry registry = new HttpSchemaRegistry(List.of(server.url()));

      int first = registry.idOf(SUBJECT, SCHEMA);
      int second = registry.idOf(SUBJECT, SCHEMA);

      assertThat(List.of(first, second)).containsExactly(4711, 4711);
      assertThat(lines(server))
          .containsExactly("POST /subjects/linkwright.events-value", "GET /schemas/ids/4711");
    }
  }

  @Test
  void aNewSubjectIsRegisteredAndThenGivenItsCompatibility() throws IOException {
    Answer level = new Answer(200, "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    try (LocalHttpServer server =
        serve(NO_SUBJECT, NO_SUBJECT, id(7), level, schema(SCHEMA.toString()))) {

      new HttpSchemaRegistry(List.of(server.url())).idOf(SUBJECT, SCHEMA);

      assertThat(lines(server))
          .containsExactly(
              "POST /subjects/linkwright.events-value",
              "GET /subjects/linkwright.events-value/versions",
              "POST /subjects/linkwright.events-value/versions",
              "PUT /config/linkwright.events-value",
              "GET /schemas/ids/7");
      assertThat(server.requests().get(3).body())
          .isEqualTo("{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    }
  }

  @Test
  void aNewVersionIsCheckedWithTheCompatibilitySetBefore() throws IOException {
    Answer noSchema = error(404, 40403, "Schema not found");
    Answer level = new Answer(200, "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    try (LocalHttpServer server =
        serve(noSchema, new Answer(200, "[1]"), level, id(8), schema(SCHEMA.toString()))) {

      new HttpSchemaRegistry(List.of(server.url())).idOf(SUBJECT, SCHEMA);

      assertThat(lines(server).subList(2, 4))
          .containsExactly(
              "PUT /config/linkwright.events-value",
              "POST /subjects/linkwright.events-value/versions");
    }
  }

  @Test
  void requestsCarryNothingButTheSchemaWithoutHintsForJava() throws IOException {
    try (LocalHttpServer server = serve(id(1), schema(SCHEMA.toString()))) {

      new HttpSchemaRegistry(List.of(server.url())).idOf(SUBJECT, SCHEMA);

      var sent = JSON.readTree(server.requests().getFirst().body());
      assertThat(sent.properties())
          .singleElement()
          .matches(field -> field.getKey().equals("schema"));
      assertThat(sent.path("schema").asText()).doesNotContain("avro.java.string");
    }
  }

  @Test
  void aSchemaThatTheRegistryLaysOutDifferentlyIsTheSame() throws IOException {
    String pretty = SchemaFormatter.format("json/pretty", SCHEMA);
    try (LocalHttpServer server = serve(id(3), schema(pretty))) {

      int id = new HttpSchemaRegistry(List.of(server.url())).idOf(SUBJECT, SCHEMA);

      assertThat(id).isEqualTo(3);
    }
  }

  @Test
  void anIdThatIsAnotherSchemaIsRefused() throws IOException {
    String other = LinkwrightTopics.TOPOLOGY.valueSchema().toString();
    try (LocalHttpServer server = serve(id(3), schema(other))) {
      HttpSchemaRegistry registry = new HttpSchemaRegistry(List.of(server.url()));

      assertThatThrownBy(() -> registry.idOf(SUBJECT, SCHEMA))
          .isInstanceOf(SchemaRegistryException.class)
          .hasMessageContaining("id 3")
          .hasMessageContaining("another schema");
    }
  }

  @Test
  void aRegistryThatComesBackIsAskedAgain() throws IOException {
    try (LocalHttpServer server =
        serve(UNAVAILABLE, error(429, 42901, "slow down"), schema(SCHEMA.toString()))) {

      Schema schema = new HttpSchemaRegistry(List.of(server.url())).schema(5);

      assertThat(schema).isEqualTo(SchemaTexts.plain(SCHEMA));
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aRegistryThatStaysAwayIsGivenUpAfterFourAttempts() throws IOException {
    try (LocalHttpServer server = serve(UNAVAILABLE)) {
      HttpSchemaRegistry registry = new HttpSchemaRegistry(List.of(server.url()));

      assertThatThrownBy(() -> registry.schema(5))
          .isInstanceOf(SchemaRegistryException.class)
          .hasMessageContaining("/schemas/ids/5 with status 503, error 50301: not yet");
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void aRegistryThatIsNotThereIsNamed() throws IOException {
    URI nobody = unusedUrl();
    HttpSchemaRegistry registry = new HttpSchemaRegistry(List.of(nobody));

    assertThatThrownBy(() -> registry.schema(5))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessageContaining(nobody.toString());
  }

  @Test
  void theNextUrlIsTriedWhenOneFails() throws IOException {
    try (LocalHttpServer server = serve(schema(SCHEMA.toString()))) {

      Schema schema = new HttpSchemaRegistry(List.of(unusedUrl(), server.url())).schema(5);

      assertThat(schema).isEqualTo(SchemaTexts.plain(SCHEMA));
    }
  }

  @Test
  void aRefusalIsPassedOnInTheRegistrysWordsAndNotRepeated() throws IOException {
    Answer incompatible = error(409, 409, "Schema being registered is incompatible");
    try (LocalHttpServer server = serve(NO_SUBJECT, NO_SUBJECT, incompatible)) {
      HttpSchemaRegistry registry = new HttpSchemaRegistry(List.of(server.url()));

      assertThatThrownBy(() -> registry.idOf(SUBJECT, SCHEMA))
          .isInstanceOf(SchemaRegistryException.class)
          .hasMessageContaining("status 409")
          .hasMessageContaining("incompatible");
      assertThat(lines(server).getLast()).isEqualTo("POST /subjects/linkwright.events-value");
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void whoIsSecondToRegisterTakesTheIdOfTheFirst() throws IOException {
    Answer conflict = error(409, 40902, "another request was first");
    Answer level = new Answer(200, "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    try (LocalHttpServer server =
        serve(NO_SUBJECT, NO_SUBJECT, conflict, id(7), level, schema(SCHEMA.toString()))) {

      int id = new HttpSchemaRegistry(List.of(server.url())).idOf(SUBJECT, SCHEMA);

      assertThat(id).isEqualTo(7);
    }
  }

  @Test
  void aLevelThatSomebodyElseSetsMeanwhileIsReadAgain() throws IOException {
    Answer conflict = error(409, 409, "conflict");
    Answer other = new Answer(200, "{\"compatibilityLevel\":\"BACKWARD\"}");
    Answer level = new Answer(200, "{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}");
    try (LocalHttpServer server =
        serve(
            NO_SUBJECT,
            NO_SUBJECT,
            id(7),
            conflict,
            other,
            conflict,
            level,
            schema(SCHEMA.toString()))) {

      int id = new HttpSchemaRegistry(List.of(server.url())).idOf(SUBJECT, SCHEMA);

      assertThat(id).isEqualTo(7);
      assertThat(lines(server).subList(3, 7))
          .containsExactly(
              "PUT /config/linkwright.events-value",
              "GET /config/linkwright.events-value",
              "PUT /config/linkwright.events-value",
              "GET /config/linkwright.events-value");
    }
  }

  @Test
  void whatWasAnsweredOnceIsKnownWithoutTheRegistry(@TempDir Path directory) throws IOException {
    URI url;
    try (LocalHttpServer server = serve(id(3), schema(SCHEMA.toString()))) {
      url = server.url();
      new HttpSchemaRegistry(List.of(url), directory).idOf(SUBJECT, SCHEMA);
    }
    HttpSchemaRegistry alone = new HttpSchemaRegistry(List.of(url), directory);
    assertThat(alone.schema(3)).isEqualTo(SchemaTexts.plain(SCHEMA));
    assertThat(alone.idOf(SUBJECT, SCHEMA)).isEqualTo(3);

    HttpSchemaRegistry another = new HttpSchemaRegistry(List.of(unusedUrl()), directory);
    assertThatThrownBy(() -> another.schema(3)).isInstanceOf(SchemaRegistryException.class);
  }

  @Test
  void aFileThatCannotBeReadIsAsGoodAsNone(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve(KnownSchemas.FILE), "{\"registry\":");
    try (LocalHttpServer server = serve(schema(SCHEMA.toString()))) {

      Schema schema = new HttpSchemaRegistry(List.of(server.url()), directory).schema(5);

      assertThat(schema).isEqualTo(SchemaTexts.plain(SCHEMA));
    }
  }

  @Test
  void aWebServerThatKnowsNoSuchPathSaysNothingOfASchema() throws IOException {
    assertRefused(
        new Answer(404, "<html>not here</html>"), SchemaRegistryException.class, "status 404");
  }

  @Test
  void answersThatAreNotThoseOfARegistryAreRefused() throws IOException {
    assertRefused(
        new Answer(200, "<html>welcome</html>"), SchemaRegistryException.class, "status 200");
    assertRefused(new Answer(200, "{}"), SchemaRegistryException.class, "without a schema");
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsNoFailureOfTheRegistry() throws IOException {
    assertRefused(
        error(404, 40403, "Schema 5 not found"), UnknownSchemaException.class, "not know id 5");
  }

  @Test
  void aSchemaOfAnotherLanguageIsAStrangersRecord() throws IOException {
    assertRefused(
        schema("{\"type\":\"nonsense\"}"), SerializationException.class, "not an Avro schema");
  }

  private static void assertRefused(
      Answer answer, Class<? extends SerializationException> type, String words)
      throws IOException {
    try (LocalHttpServer server = serve(answer)) {
      HttpSchemaRegistry registry = new HttpSchemaRegistry(List.of(server.url()));

      assertThatThrownBy(() -> registry.schema(5))
          .isExactlyInstanceOf(type)
          .hasMessageContaining(words);
    }
  }

  /** Answers in this order, the last one for ever. */
  private static LocalHttpServer serve(Answer... answers) throws IOException {
    Queue<Answer> script = new ArrayDeque<>(List.of(answers));
    Handler handler = _ -> script.size() > 1 ? script.remove() : script.element();
    return new LocalHttpServer(handler);
  }

  private static URI unusedUrl() {
    return URI.create("http://127.0.0.1:" + LoopbackPort.free(0));
  }

  private static List<String> lines(LocalHttpServer server) {
    return server.requests().stream().map(Request::line).toList();
  }

  private static Answer id(int id) {
    return new Answer(200, "{\"id\":%d,\"unheardOf\":{\"a\":[1]}}".formatted(id));
  }

  private static Answer schema(String text) {
    return new Answer(200, JSON.createObjectNode().put("schema", text).put("maxId", 9).toString());
  }

  private static Answer error(int status, int code, String message) {
    return new Answer(
        status, JSON.createObjectNode().put("error_code", code).put("message", message).toString());
  }
}
