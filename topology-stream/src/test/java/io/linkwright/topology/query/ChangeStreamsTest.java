package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import io.linkwright.topology.view.Change.StatusHeard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of changes as a client of server-sent events sees it. */
final class ChangeStreamsTest {
  @TempDir private Path stateDir;
  private final GroupHistory history = new GroupHistory("abilene");
  private final HttpClient client = HttpClient.newHttpClient();
  private ViewFixture fixture;
  private ViewServer server;

  @BeforeEach
  void start() {
    fixture = new ViewFixture(stateDir);
    server = new ViewServer(fixture);
    fixture.apply(
        history.create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC).members("denver", "seattle"));
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
    fixture.close();
  }

  /** One message of the stream. */
  private record Message(Optional<String> id, String event, String data) {}

  /** Reads messages, comments left out. */
  private record Messages(BufferedReader reader) implements AutoCloseable {
    Message next() throws IOException {
      Optional<String> id = Optional.empty();
      String event = "";
      String data = "";
      while (true) {
        String line = reader.readLine();
        assertThat(line).as("the stream goes on").isNotNull();
        if (line.startsWith("id: ")) {
          id = Optional.of(line.substring(4));
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
          return new Message(id, event, data);
        }
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  private Messages open(String query, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/v1/groups/abilene/changes" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response = client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    return new Messages(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  @Test
  void aNewClientIsToldWhereItIsAndThenWhatChanges() throws Exception {
    try (Messages messages = open("")) {
      assertThat(messages.next())
          .isEqualTo(new Message(Optional.of("3"), "live", "{\"revision\":3}"));
      fixture.apply(history.link("denver", "seattle"));
      Message change = messages.next();
      assertThat(change.id()).hasValue("4");
      assertThat(change.event()).isEqualTo("change");
      assertThat(change.data())
          .contains("\"type\":\"LinkAdded\"", "{\"type\":\"MemberConnected\",\"edge\":\"denver\"}");
    }
  }

  @Test
  void aClientThatComesBackMissesNothing() throws Exception {
    fixture.apply(history.link("denver", "seattle").unlink("denver", "seattle"));
    try (Messages messages = open("", "Last-Event-ID", "3")) {
      assertThat(messages.next().id()).hasValue("4");
      Message removed = messages.next();
      assertThat(removed.id()).hasValue("5");
      assertThat(removed.data()).contains("MemberIsolated");
      assertThat(messages.next().event()).isEqualTo("live");
    }
  }

  @Test
  void aBrowserMayNameTheRevisionInTheQuery() throws Exception {
    try (Messages messages = open("?after=1")) {
      assertThat(messages.next().id()).hasValue("2");
    }
  }

  @Test
  void aStatusIsToldWhenItSaysSomethingNew() throws Exception {
    try (Messages messages = open("")) {
      assertThat(messages.next().event()).isEqualTo("live");
      fixture.hear(status(true, 0));
      fixture.hear(status(true, 1));
      fixture.hear(status(false, 2));
      assertThat(messages.next())
          .isEqualTo(
              new Message(
                  Optional.empty(),
                  "status",
                  "{\"edge\":\"denver\",\"connected\":true,\"acknowledgedRevision\":2,"
                      + "\"lastError\":null,\"reportedAt\":\"2026-03-01T12:00:00Z\","
                      + "\"tunnels\":[]}"));
      assertThat(messages.next().data()).contains("\"connected\":false");
    }
  }

  @Test
  void anEdgeThatFallsSilentIsToldOnceAndAgainWhenItIsBack() throws Exception {
    try (Messages messages = open("")) {
      assertThat(messages.next().event()).isEqualTo("live");
      fixture.hear(status(true, 0));
      assertThat(messages.next().data()).contains("\"connected\":true");

      fixture.advance(Duration.ofSeconds(61));
      fixture.advance(Duration.ofSeconds(61));
      fixture.hear(status(true, 125));

      assertThat(messages.next().data())
          .startsWith("{\"edge\":\"denver\",\"connected\":false,\"silent\":true,");
      assertThat(messages.next().data())
          .contains("\"connected\":true", "\"reportedAt\":\"2026-03-01T12:02:05Z\"");
    }
  }

  @Test
  void aStoppingServerEndsTheStream() throws Exception {
    try (Messages messages = open("")) {
      assertThat(messages.next().event()).isEqualTo("live");
      server.endStreams();
      assertThat(messages.reader().readLine()).isNull();
    }
  }

  @Test
  void aClientThatDoesNotKeepUpIsCutOff() throws Exception {
    ChangeBuffer buffer = new ChangeBuffer();
    for (int count = 0; count < ChangeBuffer.MAX_CHANGES; count++) {
      buffer.changed(new StatusHeard(status(true, count)));
    }
    assertThat(buffer.hasEnded()).isFalse();
    buffer.changed(new StatusHeard(status(true, 0)));
    assertThat(buffer.hasEnded()).isTrue();
    assertThat(buffer.next(Duration.ofSeconds(5))).isEmpty();
  }

  private EdgeStatus status(boolean connected, int seconds) {
    return new EdgeStatus(
        history.id(),
        new EdgeId("denver"),
        "connection-1",
        GroupHistory.START,
        connected,
        2,
        Optional.empty(),
        List.of(),
        GroupHistory.START.plusSeconds(seconds));
  }
}
