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
  private static final TopicDescriptor STATUS = LinkwrightTopics.EDGE_STATUS;
  private static final String STATUS_SCHEMA = SchemaTexts.plain(STATUS.valueSchema()).toString();

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
    assertThat(get("/schemas/ids/3?fetchMaxId=false").path("schema").asText())
        .isEqualTo(STATUS_SCHEMA);
    assertThat(get("/schemas/ids/3/schema")).isEqualTo(json(STATUS_SCHEMA));
    assertThat(get("/schemas/ids/3/subjects"))
        .isEqualTo(json("[\"linkwright.edge-status-value\"]"));
    assertThat(get("/schemas/ids/3/versions"))
        .isEqualTo(json("[{\"subject\":\"linkwright.edge-status-value\",\"version\":1}]"));
  }

  @Test
  void aSchemaIsFoundByItsVersion() throws IOException {
    assertThat(get("/subjects/linkwright.edge-status-value/versions")).isEqualTo(json("[1]"));
    for (String version : List.of("1", "latest", "-1")) {
      JsonNode found = get("/subjects/linkwright.edge-status-value/versions/" + version);

      assertThat(found.path("id").asInt()).isEqualTo(3);
      assertThat(found.path("version").asInt()).isEqualTo(1);
      assertThat(found.path("subject").asText()).isEqualTo("linkwright.edge-status-value");
      assertThat(found.path("schema").asText()).isEqualTo(STATUS_SCHEMA);
    }
    assertThat(get("/subjects/linkwright.edge-status-value/versions/1/schema"))
        .isEqualTo(json(STATUS_SCHEMA));
  }

  @Test
  void theSameSchemaInAnotherLayoutIsLookedUpAndRegisteredUnderItsId() throws IOException {
    String body =
        JSON.createObjectNode()
            .put("schema", SchemaFormatter.format("json/pretty", STATUS.valueSchema()))
            .put("schemaType", "AVRO")
            .toString();

    Answer lookUp = endpoint.answer("POST", "/subjects/linkwright.edge-status-value", body);
    Answer registration =
        endpoint.answer(
            "POST", "/subjects/linkwright.edge-status-value/versions?normalize=false", body);

    assertThat(json(lookUp.json()).path("id").asInt()).isEqualTo(3);
    assertThat(registration).isEqualTo(new Answer(200, "{\"id\":3}"));
  }

  @Test
  void anyOtherSchemaIsRefused() throws IOException {
    String body = JSON.createObjectNode().put("schema", "\"string\"").toString();

    assertRefused("POST", "/subjects/linkwright.edge-status-value/versions", body, 422, 42205);
    assertRefused("POST", "/subjects/other-value/versions", body, 422, 42205);
    assertRefused("POST", "/subjects/linkwright.edge-status-value", body, 404, 40403);
    assertRefused("POST", "/subjects/other-value", body, 404, 40401);
    assertRefused("POST", "/subjects/linkwright.edge-status-value", "{}", 422, 42201);
    assertRefused("POST", "/subjects/linkwright.edge-status-value", "", 422, 42201);
    assertRefused("POST", "/subjects/linkwright.edge-status-value", "{{", 422, 42201);
    assertRefused(
        "POST", "/subjects/linkwright.edge-status-value", "{\"schema\":\"{}\"}", 422, 42201);
  }

  @Test
  void whatThereIsNotIsToldInConfluentsCodes() throws IOException {
    assertRefused("GET", "/schemas/ids/55", "", 404, 40403);
    assertRefused("GET", "/schemas/ids/three", "", 404, 40403);
    assertRefused("GET", "/subjects/other-value/versions", "", 404, 40401);
    assertRefused("GET", "/subjects/linkwright.edge-status-value/versions/2", "", 404, 40402);
    assertRefused("GET", "/subjects/linkwright.edge-status-value", "", 404, 404);
    assertRefused("GET", "/config/other-value", "", 404, 40401);
    assertRefused("GET", "/unheard/of", "", 404, 404);
    assertRefused("POST", "/subjects", "{}", 404, 404);
    assertRefused("DELETE", "/subjects/linkwright.edge-status-value", "", 405, 405);
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
