package io.linkwright.topology;

import static io.linkwright.topology.GroupHistory.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.schemas.CloudEventHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of change says on linkwright.topology. */
final class TopologyEventsTest {
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId SEATTLE = new EdgeId("seattle");

  @TempDir private Path stateDir;
  private final GroupHistory history = new GroupHistory("backbone");
  private ViewFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ViewFixture(stateDir);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void given(GroupHistory soFar) {
    fixture.apply(soFar);
    fixture.published();
  }

  private GroupHistory partialMesh() {
    return history.create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC);
  }

  @Test
  void aNewMemberOfAPartialMeshIsIsolated() {
    given(partialMesh());
    fixture.apply(history.members("denver"));
    assertThat(fixture.publishedPayloads()).containsExactly(new MemberIsolated(DENVER));
  }

  @Test
  void everyRecordIsACloudEvent() {
    given(partialMesh());
    fixture.apply(history.members("denver"));
    assertThat(fixture.publishedRecords())
        .hasSize(1)
        .allSatisfy(
            record -> assertThat(record.headers()).isEqualTo(CloudEventHeaders.of(record.value())));
  }

  @Test
  void aFirstLinkConnectsBothItsEnds() {
    given(partialMesh().members("denver", "seattle"));
    fixture.apply(history.link("seattle", "denver"));
    assertThat(fixture.publishedPayloads())
        .containsExactly(new MemberConnected(DENVER), new MemberConnected(SEATTLE));
  }

  @Test
  void theLastLinkGoneIsolatesBothItsEnds() {
    given(partialMesh().members("denver", "seattle").link("denver", "seattle"));
    fixture.apply(history.unlink("denver", "seattle"));
    assertThat(fixture.publishedPayloads())
        .containsExactly(new MemberIsolated(DENVER), new MemberIsolated(SEATTLE));
  }

  @Test
  void aLinkBetweenTwoPartsJoinsThem() {
    given(partialMesh().members("a", "b", "c", "d").link("a", "b").link("c", "d"));
    fixture.apply(history.link("b", "c"));
    assertThat(fixture.publishedPayloads()).containsExactly(new GroupJoined(link("b~c"), 1));
  }

  @Test
  void aBridgeGoneSplitsTheGroup() {
    given(partialMesh().members("a", "b", "c", "d").link("a", "b").link("c", "d").link("b", "c"));
    fixture.apply(history.unlink("b", "c"));
    assertThat(fixture.publishedPayloads()).containsExactly(new GroupSplit(link("b~c"), 2));
  }

  @Test
  void aLinkOfARingGoneSaysNothing() {
    given(
        partialMesh()
            .members("a", "b", "c", "d")
            .link("a", "b")
            .link("b", "c")
            .link("c", "d")
            .link("d", "a"));
    fixture.apply(history.unlink("b", "c"));
    assertThat(fixture.publishedPayloads()).isEmpty();
  }

  @Test
  void theLastPairLinkedCompletesTheMesh() {
    given(partialMesh().members("a", "b", "c").link("a", "b").link("b", "c"));
    fixture.apply(history.link("a", "c"));
    assertThat(fixture.publishedPayloads()).containsExactly(new MeshComplete(3, 3));
  }

  @Test
  void aMeshThatBecomesPartialTellsWhoIsIsolated() {
    given(history.create(Topology.MESH, TunnelProtocol.WIREGUARD).members("a"));
    fixture.apply(history.change(Topology.PARTIAL_MESH));
    assertThat(fixture.publishedPayloads()).containsExactly(new MemberIsolated(new EdgeId("a")));
  }

  @Test
  void anIsolatedMemberIsConnectedByAMesh() {
    given(partialMesh().members("denver", "seattle", "a", "b").link("a", "b"));
    fixture.apply(history.change(Topology.MESH));
    assertThat(fixture.publishedPayloads())
        .contains(new MemberConnected(DENVER), new MemberConnected(SEATTLE))
        .filteredOn(MemberConnected.class::isInstance)
        .hasSize(2);
  }

  @Test
  void anEnvelopeNamesTheCauseAndHasTheSameIdWhenDerivedAgain(@TempDir Path otherDir) {
    fixture.apply(partialMesh().members("denver"));
    List<RecordedTopologyEvent> once = fixture.published();
    try (ViewFixture again = new ViewFixture(otherDir)) {
      again.apply(history);
      assertThat(again.published()).isEqualTo(once);
    }
    RecordedTopologyEvent isolated = once.getFirst();
    assertThat(isolated.revision()).isEqualTo(2);
    assertThat(isolated.group()).isEqualTo(history.id());
    assertThat(isolated.occurredAt()).isEqualTo(history.events().get(1).occurredAt());
    assertThat(isolated.eventId())
        .isEqualTo(UUID.fromString("a28b780e-b6ed-3246-9d61-1c3e49c03f2f"));
  }
}
