package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.linkwright.schemas.RegistryEndpoint.Answer;
import java.io.IOException;
import java.util.List;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;

class RegistryEndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TopicDescriptor TOPOLOGY = LinkwrightTopics.TOPOLOGY;
  private static final String TOPOLOGY_SCHEMA =
      SchemaTexts.plain(TOPOLOGY.valueSchema()).toString();

  private final RegistryEndpoint endpoint = new RegistryEndpoint(BundledSchemaRegistry.instance());

  @Test
  void subjectsAreListed() throws IOException {
    assertThat(get("/subjects"))
        .isEqualTo(
            json(
                """
                ["linkwright.edge-config-value","linkwright.edge-status-value",
                 "linkwright.events-value","linkwright.topology-value"]
                """));
  }

  @Test
  void aSchemaIsFoundByItsId() throws IOException {
    assertThat(get("/schemas/ids/4?fetchMaxId=false").path("schema").asText())
        .isEqualTo(TOPOLOGY_SCHEMA);
    assertThat(get("/schemas/ids/4/schema")).isEqualTo(json(TOPOLOGY_SCHEMA));
    assertThat(get("/schemas/ids/4/subjects")).isEqualTo(json("[\"linkwright.topology-value\"]"));
    assertThat(get("/schemas/ids/4/versions"))
        .isEqualTo(json("[{\"subject\":\"linkwright.topology-value\",\"version\":1}]"));
  }

  @Test
  void aSchemaIsFoundByItsVersion() throws IOException {
    assertThat(get("/subjects/linkwright.topology-value/versions")).isEqualTo(json("[1]"));
    for (String version : List.of("1", "latest", "-1")) {
      JsonNode found = get("/subjects/linkwright.topology-value/versions/" + version);

      assertThat(found.path("id").asInt()).isEqualTo(4);
      assertThat(found.path("version").asInt()).isEqualTo(1);
      assertThat(found.path("subject").asText()).isEqualTo("linkwright.topology-value");
      assertThat(found.path("schema").asText()).isEqualTo(TOPOLOGY_SCHEMA);
    }
    assertThat(get("/subjects/linkwright.topology-value/versions/1/schema"))
        .isEqualTo(json(TOPOLOGY_SCHEMA));
  }

  @Test
  void aSchemaThatIsNotWrittenAnyMoreIsFoundBesideTheOneThatIs() throws IOException {
    String subject = "/subjects/linkwright.edge-status-value";

    assertThat(get(subject + "/versions")).isEqualTo(json("[1,2,3]"));
    assertThat(get(subject + "/versions/1").path("id").asInt()).isEqualTo(3);
    assertThat(get(subject + "/versions/2").path("id").asInt()).isEqualTo(6);
    assertThat(get(subject + "/versions/latest").path("id").asInt()).isEqualTo(8);
  }

  @Test
  void theSameSchemaInAnotherLayoutIsLookedUpAndRegisteredUnderItsId() throws IOException {
    String body =
        JSON.createObjectNode()
            .put("schema", SchemaFormatter.format("json/pretty", TOPOLOGY.valueSchema()))
            .put("schemaType", "AVRO")
            .toString();

    Answer lookUp = endpoint.answer("POST", "/subjects/linkwright.topology-value", body);
    Answer registration =
        endpoint.answer(
            "POST", "/subjects/linkwright.topology-value/versions?normalize=false", body);

    assertThat(json(lookUp.json()).path("id").asInt()).isEqualTo(4);
    assertThat(registration).isEqualTo(new Answer(200, "{\"id\":4}"));
  }

  @Test
  void anyOtherSchemaIsRefused() throws IOException {
    String body = JSON.createObjectNode().put("schema", "\"string\"").toString();

    assertRefused("POST", "/subjects/linkwright.topology-value/versions", body, 422, 42205);
    assertRefused("POST", "/subjects/other-value/versions", body, 422, 42205);
    assertRefused("POST", "/subjects/linkwright.topology-value", body, 404, 40403);
    assertRefused("POST", "/subjects/other-value", body, 404, 40401);
    assertRefused("POST", "/subjects/linkwright.topology-value", "{}", 422, 42201);
    assertRefused("POST", "/subjects/linkwright.topology-value", "", 422, 42201);
    assertRefused("POST", "/subjects/linkwright.topology-value", "{{", 422, 42201);
    assertRefused("POST", "/subjects/linkwright.topology-value", "{\"schema\":\"{}\"}", 422, 42201);
    for (String none : List.of("\"1\"", "\"undefined\"", "[\"null\",\"null\"]", "7", "")) {
      assertRefused(
          "POST",
          "/subjects/linkwright.topology-value/versions",
          JSON.createObjectNode().put("schema", none).toString(),
          422,
          42201);
    }
  }

  @Test
  void whatThereIsNotIsToldInConfluentsCodes() throws IOException {
    assertRefused("GET", "/schemas/ids/55", "", 404, 40403);
    assertRefused("GET", "/schemas/ids/three", "", 404, 40403);
    assertRefused("GET", "/subjects/other-value/versions", "", 404, 40401);
    assertRefused("GET", "/subjects/linkwright.topology-value/versions/2", "", 404, 40402);
    assertRefused("GET", "/subjects/linkwright.topology-value", "", 404, 404);
    assertRefused("GET", "/config/other-value", "", 404, 40401);
    assertRefused("GET", "/unheard/of", "", 404, 404);
    assertRefused("POST", "/subjects", "{}", 404, 404);
    assertRefused("DELETE", "/subjects/linkwright.topology-value", "", 405, 405);
    assertRefused("PUT", "/config", "{}", 405, 405);
  }

  @Test
  void typesCompatibilityAndModeAreTold() throws IOException {
    assertThat(get("/")).isEqualTo(json("{}"));
    assertThat(get("/schemas/types")).isEqualTo(json("[\"AVRO\"]"));
    assertThat(get("/config")).isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}"));
    assertThat(get("/config/linkwright.events-value"))
        .isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}"));
    assertThat(get("/mode")).isEqualTo(json("{\"mode\":\"READONLY\"}"));
  }

  private JsonNode get(String path) throws IOException {
    Answer answer = endpoint.answer("GET", path, "");
    assertThat(answer.status()).as(path).isEqualTo(200);
    return json(answer.json());
  }

  private void assertRefused(String method, String path, String body, int status, int code)
      throws IOException {
    Answer answer = endpoint.answer(method, path, body);

    assertThat(answer.status()).as(path).isEqualTo(status);
    assertThat(json(answer.json()).path("error_code").asInt()).as(path).isEqualTo(code);
    assertThat(json(answer.json()).path("message").asText()).as(path).isNotBlank();
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }
}
