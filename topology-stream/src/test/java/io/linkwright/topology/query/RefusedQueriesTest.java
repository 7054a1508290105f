package io.linkwright.topology.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import io.linkwright.topology.query.ViewPartitions.ViewNotReadyException;
import io.linkwright.topology.view.GroupView;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API does not answer, or not yet. */
final class RefusedQueriesTest {
  @TempDir private Path stateDir;
  private static final String INVALID = "INVALID_REQUEST";

  private AbileneView abilene;
  private GroupHistory history;
  private ViewFixture fixture;
  private ViewServer server;

  @BeforeEach
  void start() {
    abilene = AbileneView.in(stateDir);
    history = abilene.history();
    fixture = abilene.fixture();
    server = abilene.server();
  }

  @AfterEach
  void stop() {
    abilene.close();
  }

  @Test
  void aRevisionThatNobodyHasMadeIsRefusedOnceTheViewHasAllOfTheLog() throws Exception {
    abilene.threeMembersAndALink();
    fixture.setAge(Duration.ofMillis(7));
    assertThat(server.problem(400, "/v1/groups/abilene?minRevision=7")).isEqualTo(INVALID);
    assertThat(server.problem(404, "/v1/groups/nobody?minRevision=1")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(400, "/v1/groups/abilene/changes?after=99999")).isEqualTo(INVALID);
    assertThat(server.problem(400, "/v1/groups/abilene?minRevision=9999999")).isEqualTo(INVALID);
    assertThat(server.send("/v1/groups/abilene").headers().firstValue("Linkwright-View-Age-Ms"))
        .hasValue("7");
  }

  @Test
  void aQueryWaitsForTheRevisionItAsksFor() throws Exception {
    abilene.threeMembersAndALink();
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.get("/v1/groups/abilene?minRevision=6");
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    while (fixture.live().feed().watching() == 0) {
      Thread.onSpinWait();
    }
    fixture.apply(history.link("denver", "seattle"));
    assertThat(waiting.get().get("revision").asLong()).isEqualTo(6);
    assertThat(fixture.live().feed().watching()).isZero();
  }

  @Test
  void whatIsNotThereOrNotUnderstoodIsRefused() throws Exception {
    abilene.threeMembersAndALink();
    assertThat(server.problem(404, "/v1/groups/geant")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/members")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/links?edge=denver"))
        .isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/graph")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/events")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/geant/changes")).isEqualTo("UNKNOWN_GROUP");
    assertThat(server.problem(404, "/v1/groups/abilene/links?edge=boston"))
        .isEqualTo("UNKNOWN_MEMBER");
    for (String path :
        List.of(
            "/v1/groups/NoSlug",
            "/v1/groups?limit=0",
            "/v1/groups?limit=1001",
            "/v1/groups/abilene/links?after=denver",
            "/v1/groups/abilene/links?edge=seattle&after=denver~kansas-city",
            "/v1/groups/abilene/members?color=red",
            "/v1/groups/abilene/events?from=0",
            "/v1/groups/abilene?minRevision=soon",
            "/v1/groups?limit=%2B5",
            "/v1/groups?limit=1&limit=2",
            "/v1/groups?after=%ff",
            "/v1/groups/abilene?minRevision=%D9%A1",
            "/v1/groups/abilene/changes?after=-1")) {
      assertThat(server.problem(400, path)).as(path).isEqualTo("INVALID_REQUEST");
    }
  }

  @Test
  void aStreamDoesNotGoOnFromARevisionThatNobodyHasSeen() throws Exception {
    abilene.threeMembersAndALink();

    assertThat(server.problem(400, "/v1/groups/abilene/changes?after=99999"))
        .isEqualTo("INVALID_REQUEST");
  }

  @Test
  void aViewThatIsBeingRestoredSaysWhenToComeBack() throws Exception {
    ViewPartitions restoring =
        new ViewPartitions() {
          @Override
          public Optional<Duration> age(int partition) {
            return Optional.empty();
          }

          @Override
          public int count() {
            return 12;
          }

          @Override
          public GroupView view(int partition) {
            throw new ViewNotReadyException("partition %d is being restored".formatted(partition));
          }

          @Override
          public Optional<URI> elsewhere(int partition) {
            return Optional.empty();
          }
        };
    try (ViewServer unready = new ViewServer(fixture, restoring)) {
      HttpResponse<String> response = unready.send("/v1/groups/abilene");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(response.body()).contains("NOT_READY", "is being restored");
    }
  }
}
