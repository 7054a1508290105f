package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.ApiClient.json;
import static io.linkwright.command.api.RedGroup.LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog.Fate;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may rely on when it repeats a command, tries one, or gets no answer. */
final class RepeatedCommandsTest {
  private final ServiceInMemory service = new ServiceInMemory(InstantSource.system());

  @BeforeEach
  void createGroup() {
    RedGroup.createIn(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aDryRunSaysWhatWouldBeAndWritesNothing() {
    HttpResponse<String> dry =
        send("POST", LINKS + "?dryRun=true", "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");

    assertStatus(dry, 200);
    assertThat(json(dry).path("revision").longValue()).isEqualTo(5);
    assertThat(json(dry).path("dryRun").booleanValue()).isTrue();
    assertThat(service.log().events(0)).hasSize(4);
  }

  @Test
  void ifMatchHoldsACommandToTheRevisionItWasMadeFor() {
    String body = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";

    assertProblem(send("POST", LINKS, body, "If-Match", "\"3\""), 412, "REVISION_MISMATCH");
    assertProblem(send("POST", LINKS, body, "If-Match", "*"), 400, "INVALID_REQUEST", "If-Match");
    assertProblem(send("POST", LINKS, body, "If-Match", "4"), 400, "INVALID_REQUEST", "If-Match");
    assertStatus(send("POST", LINKS, body, "If-Match", "\"4\""), 201);
  }

  @Test
  void aRepeatedKeyIsAnsweredAsTheFirstTimeWhateverHappenedSince() {
    String body = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";
    HttpResponse<String> first =
        send("POST", LINKS, body, "Idempotency-Key", "k", "If-Match", "\"4\"");
    send("DELETE", LINKS + "/a~b", "");

    HttpResponse<String> repeat =
        send("POST", LINKS, body, "Idempotency-Key", "k", "If-Match", "\"4\"");

    assertStatus(repeat, 201);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertProblem(
        send("DELETE", LINKS + "/a~b", "", "Idempotency-Key", "k"), 422, "IDEMPOTENCY_KEY_REUSED");
    assertProblem(
        send("POST", LINKS, body, "Idempotency-Key", "a b"),
        400,
        "INVALID_REQUEST",
        "Idempotency-Key");
  }

  @Test
  void anUnknownOutcomeIsSaidAndARepeatTellsTheTruth() {
    String body = "{\"edgeA\": \"b\", \"edgeB\": \"a\"}";
    service.doom(Fate.UNKNOWN_COMMITTED_AT_NEXT_CLAIM);

    HttpResponse<String> unknown = send("POST", LINKS, body, "Idempotency-Key", "k");
    HttpResponse<String> repeat = send("POST", LINKS, body, "Idempotency-Key", "k");

    assertProblem(unknown, 504, "OUTCOME_UNKNOWN");
    assertStatus(repeat, 201);
    assertThat(service.log().events(0)).hasSize(5);
  }

  @Test
  void whatWasNotDoneAndCanBeTriedAgainSaysWhen() {
    service.doom(Fate.ABORTED, Fate.ABORTED);

    HttpResponse<String> aborted = send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}");

    assertProblem(aborted, 503, "NOT_READY");
    assertThat(aborted.headers().firstValue("Retry-After")).hasValue("1");
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    return service.send(method, path, body, headers);
  }
}
