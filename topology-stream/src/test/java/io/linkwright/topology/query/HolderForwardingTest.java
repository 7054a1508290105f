package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.schemas.Partitioning;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import io.linkwright.topology.view.GroupView;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances with a partition each answer alike, whichever is asked. */
final class HolderForwardingTest {
  private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1:1");

  @TempDir private Path stateDir;
  private final HttpClient client = HttpClient.newHttpClient();
  private Half first;
  private Half second;

  /** One of two partitions, and where the other is believed to be. */
  private static final class Half implements ViewPartitions, AutoCloseable {
    @Override
    public Optional<Duration> age(int partition) {
      return Optional.empty();
    }

    private final int own;
    private final AtomicReference<Optional<URI>> other = new AtomicReference<>(Optional.empty());
    private final ViewFixture fixture;
    private final ViewServer server;

    Half(int own, Path stateDir) {
      this.own = own;
      this.fixture = new ViewFixture(stateDir);
      this.server = new ViewServer(fixture, this);
    }

    void believes(URI elsewhere) {
      other.set(Optional.of(elsewhere));
    }

    @Override
    public int count() {
      return 2;
    }

    @Override
    public GroupView view(int partition) {
      if (partition != own) {
        throw new ViewNotReadyException("partition %d is not here".formatted(partition));
      }
      return fixture.view();
    }

    @Override
    public Optional<URI> elsewhere(int partition) {
      return partition == own ? Optional.empty() : other.get();
    }

    @Override
    public void close() {
      server.close();
      fixture.close();
    }
  }

  @BeforeEach
  void start() {
    first = new Half(0, stateDir.resolve("first"));
    second = new Half(1, stateDir.resolve("second"));
    first.believes(second.server.uri(""));
    second.believes(first.server.uri(""));
    for (Half half : List.of(first, second)) {
      groups(half.own).forEach(group -> half.fixture.apply(history(group)));
    }
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    first.close();
    second.close();
  }

  @Test
  void everyQueryIsAnsweredByBothAlike() throws Exception {
    String group = groups(0).getFirst();
    for (String path :
        List.of("", "/members", "/members/denver", "/links?edge=denver", "/graph", "/events")) {
      HttpResponse<String> here = first.server.send("/v1/groups/" + group + path);
      HttpResponse<String> there = second.server.send("/v1/groups/" + group + path);

      assertThat(here.statusCode()).as(here.body()).isEqualTo(200);
      assertThat(there.body()).as(path).isEqualTo(here.body());
      assertThat(there.headers().firstValue("Content-Type")).hasValue("application/json");
    }
  }

  @Test
  void refusalsAreThoseOfWhoHasTheGroup() throws Exception {
    String group = "/v1/groups/" + groups(0).getFirst();

    assertThat(second.server.problem(404, group + "/members/boston")).isEqualTo("UNKNOWN_MEMBER");
    assertThat(second.server.problem(400, group + "/links?limit=0")).isEqualTo("INVALID_REQUEST");
    assertThat(second.server.problem(400, "/v1/groups/NoSlug")).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void groupsOfAllInstancesAreListedInOrderPageByPage() throws Exception {
    List<String> all = Stream.concat(groups(0).stream(), groups(1).stream()).sorted().toList();

    for (Half half : List.of(first, second)) {
      assertThat(half.server.get("/v1/groups").path("groups").findValuesAsText("id"))
          .isEqualTo(all);
      assertThat(pages(half, 1)).isEqualTo(all);
      assertThat(pages(half, 3)).isEqualTo(all);
    }
  }

  @Test
  void aStreamOfChangesIsPassedOnAsItComes() throws Exception {
    String group = groups(0).getFirst();
    HttpRequest request =
        HttpRequest.newBuilder(second.server.uri("/v1/groups/" + group + "/changes"))
            .header("Last-Event-ID", "3")
            .build();
    HttpResponse<InputStream> stream = client.send(request, BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      awaitLine(lines, "id: 4");
      awaitLine(lines, "event: live");

      first.fixture.apply(history(group).unlink("denver", "seattle"));

      awaitLine(lines, "id: 5");
      awaitLine(lines, "event: change");
      second.server.endStreams();
      assertThat(lines.lines().toList()).doesNotContain("event: change");
    }
  }

  @Test
  void aQueryIsPassedOnOnce() throws Exception {
    String group = groups(0).getFirst();
    Half lost = new Half(1, stateDir.resolve("lost"));
    try (lost) {
      lost.believes(second.server.uri(""));
      second.believes(lost.server.uri(""));

      assertThat(second.server.problem(503, "/v1/groups/" + group)).isEqualTo("NOT_READY");
      assertThat(second.server.problem(503, "/v1/groups/" + group + "/changes"))
          .isEqualTo("NOT_READY");
    }
  }

  @Test
  void whoCannotBeReachedIsAskedAgainLater() throws Exception {
    second.believes(NOBODY_LISTENS);
    String group = groups(0).getFirst();

    for (String path :
        List.of("/v1/groups", "/v1/groups/" + group, "/v1/groups/" + group + "/changes")) {
      HttpResponse<String> answer = second.server.send(path);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(answer.body()).contains("NOT_READY", "does not answer");
    }
  }

  @Test
  void onlyPartitionsThatThereAreCanBeAskedFor() throws Exception {
    for (String partitions : List.of("2", "-1", "0,x")) {
      HttpRequest request =
          HttpRequest.newBuilder(first.server.uri("/v1/groups"))
              .header(InstanceForwarding.FORWARDED_BY, "somebody")
              .header(GroupGathering.PARTITIONS, partitions)
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }
  }

  private static List<String> pages(Half half, int limit) throws Exception {
    List<String> ids = new ArrayList<>();
    String after = "";
    JsonNode page;
    do {
      page = half.server.get("/v1/groups?limit=" + limit + after);
      assertThat(page.path("groups").size()).isLessThanOrEqualTo(limit);
      ids.addAll(page.path("groups").findValuesAsText("id"));
      after = "&after=" + page.path("next").asText();
    } while (!page.path("next").isNull());
    return ids;
  }

  private static void awaitLine(BufferedReader lines, String wanted) throws Exception {
    String line;
    do {
      line = lines.readLine();
      assertThat(line).as("before %s", wanted).isNotNull();
    } while (!line.equals(wanted));
  }

  /** Three groups whose partition, of two, is this. */
  private static List<String> groups(int partition) {
    return IntStream.range(0, 100)
        .mapToObj(number -> "group-" + number)
        .filter(name -> Partitioning.ofGroup(new GroupId(name), 2) == partition)
        .limit(3)
        .toList();
  }

  /** Two members and their link, at revision 4. */
  private static GroupHistory history(String group) {
    return new GroupHistory(group)
        .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC)
        .members("denver", "seattle")
        .link("denver", "seattle");
  }
}
