package io.linkwright.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.fuzz.ApiDocument.Operation;
import io.linkwright.fuzz.RequestMaker.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever anybody sends, nobody else notices. Twenty seconds each in every build, as long as one
 * likes with {@code -Pfuzz}. What it finds becomes a case of a test of its own.
 */
@Tag("broker")
final class FuzzTest {
  /** Health is looked at this often: it takes a second, a request a millisecond. */
  private static final int ROUNDS_BETWEEN_LOOKS = 500;

  /** Many more than there are routes, methods and statuses. */
  private static final int MAX_SERIES = 3_000;

  private static final Set<Integer> FAULTS_THAT_ARE_NONE = Set.of(503, 504, 505);
  private static final List<String> CONSOLE =
      List.of("/console", "/console/groups/fuzz", "/console/groups/fuzz/activity", "/docs/x");

  @TempDir private Path directory;
  private FuzzSite site;
  private final Map<String, EdgeKeys> keys = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    site = FuzzSite.start(directory);
    site.createGroup(EdgeFuzz.GROUP);
    for (String edge : List.of("fuzz-a", "fuzz-b")) {
      keys.put(edge, EdgeKeys.generate());
      site.addMember(EdgeFuzz.GROUP, edge, keys.get(edge));
    }
    site.requireHealth("at the start");
  }

  @AfterEach
  void stop() throws Exception {
    site.close();
  }

  @Test
  void anyRequestIsAnsweredAsTheDocumentSaysOrRefused() throws Exception {
    FuzzRun fuzz = FuzzRun.of("http");
    ApiDocument document = new ApiDocument(site.api().get("/openapi.json"));
    RequestMaker maker = new RequestMaker(document, fuzz);
    RawHttp http = new RawHttp(site.run().httpPort());
    List<Operation> operations =
        document.operations().stream()
            // The document is large and never differs.
            .filter(operation -> !operation.path().equals("/openapi.json"))
            .toList();
    Map<Integer, Integer> statuses = new HashMap<>();

    for (int round = 1; fuzz.goesOn(); round++) {
      Request request = maker.next(operations);
      String found = fuzz.seed() + " " + request.excerpt();
      Optional<RawHttp.Answer> answer = http.send(request.bytes());
      answer.ifPresent(given -> check(document, request, given, found));
      statuses.merge(answer.map(RawHttp.Answer::status).orElse(0), 1, Integer::sum);
      askTheConsole(http, fuzz);
      if (round % ROUNDS_BETWEEN_LOOKS == 0) {
        site.requireHealth(fuzz.seed());
      }
    }

    System.out.println("fuzz part=http statuses=" + statuses);
    site.requireHealth(fuzz.seed());
    assertThat(series()).as(fuzz.seed()).isLessThan(MAX_SERIES);
  }

  private static void check(
      ApiDocument document, Request request, RawHttp.Answer answer, String found) {
    assertThat(answer.body().toLowerCase(Locale.ROOT))
        .as(found)
        .doesNotContain("jetty", "javalin", "com.fasterxml", "java.lang", "stack trace");
    if (answer.status() < 400) {
      if (request.plain() && request.method().equals(request.operation().method())) {
        document.requireAnswer(request.operation(), answer, found);
      }
      return;
    }
    assertThat(answer.status() < 500 || FAULTS_THAT_ARE_NONE.contains(answer.status()))
        .as(found + answer)
        .isTrue();
    boolean ofTheRegistry = answer.mediaType().startsWith("application/vnd.schemaregistry");
    if (!ofTheRegistry && !answer.body().isEmpty()) {
      document.requireProblem(answer, found);
    }
  }

  private static void askTheConsole(RawHttp http, FuzzRun fuzz) throws Exception {
    if (!fuzz.oneIn(20)) {
      return;
    }
    String target = fuzz.oneOf(CONSOLE) + "?" + fuzz.hostile().replaceAll("[\r\n ]", "") + "=1";
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    http.send(request.getBytes(StandardCharsets.UTF_8))
        .ifPresent(
            answer ->
                assertThat(answer.status())
                    .as(fuzz.seed() + target + answer)
                    .matches(status -> status < 500 || status == 503));
  }

  @Test
  void anyDeviceLeavesTheOthersTheirConfiguration() throws Exception {
    FuzzRun fuzz = FuzzRun.of("edge");
    for (int round = 1; fuzz.goesOn(); round++) {
      String name = fuzz.oneIn(6) ? "stranger" : fuzz.oneOf(List.of("fuzz-a", "fuzz-b"));
      EdgeFuzz edge =
          new EdgeFuzz(
              fuzz,
              site.run().httpPort(),
              new EdgeId(name),
              keys.computeIfAbsent(name, _ -> EdgeKeys.generate()));
      edge.run();
      if (round % 50 == 0) {
        site.requireHealth(fuzz.seed() + edge.said());
      }
    }
    site.requireHealth(fuzz.seed());
  }

  @Test
  void anyRecordLeavesTheOtherGroupsAsTheyAre() throws Exception {
    FuzzRun fuzz = FuzzRun.of("records");
    try (RecordFuzz records = new RecordFuzz(fuzz, site.run().bootstrapServers())) {
      for (int round = 1; fuzz.goesOn(); round++) {
        records.write();
        if (round % 20 == 0) {
          site.requireHealth(fuzz.seed() + " last: " + records.last());
        }
      }
    }
    site.requireHealth(fuzz.seed());
  }

  private int series() {
    return (int)
        site.api()
            .text("GET", "/metrics", Optional.empty())
            .lines()
            .filter(line -> line.startsWith("linkwright_http"))
            .count();
  }
}
