package io.linkwright.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.LinkId;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkPlanTest {

  @ParameterizedTest
  @CsvSource({
    "Abilene,       11,  14,  0, 0,  14,  0",
    "DialtelecomCz, 193, 151, 0, 0,  151, 55",
    "Geant2011,     40,  61,  2, 0,  59,  1",
    "Interoute,     110, 158, 10, 2, 146, 0",
    "Kdl,           754, 899, 4, 0,  895, 0",
    "Nsfcnet,       10,  10,  0, 0,  10,  1"
  })
  void realNetworksGiveTheCountsOfAnotherTool(
      String network, int nodes, int edges, int parallel, int loops, int links, int isolated)
      throws Exception {
    NetworkPlan plan = NetworkPlan.of(RealNetworks.read(network));

    assertThat(plan.counts())
        .isEqualTo(new NetworkPlan.Counts(nodes, edges, parallel, loops, links, isolated));
    assertThat(plan.members()).hasSize(nodes);
    assertThat(plan.links()).hasSize(links);
  }

  @Test
  void abileneKeepsItsNamesAndPlaces() throws Exception {
    NetworkPlan plan = NetworkPlan.of(RealNetworks.read("Abilene"));

    assertThat(plan.members())
        .extracting(member -> member.edge().value())
        .containsExactlyInAnyOrder(
            "new-york",
            "chicago",
            "washington-dc",
            "seattle",
            "sunnyvale",
            "los-angeles",
            "denver",
            "kansas-city",
            "houston",
            "atlanta",
            "indianapolis");
    assertThat(plan.members()).allMatch(member -> member.position().isPresent());
    assertThat(plan.links()).contains(LinkId.parse("denver~kansas-city"));
  }

  @Test
  void theSameNetworkPlansTheSameGroup() throws Exception {
    NetworkPlan once = NetworkPlan.of(RealNetworks.read("DialtelecomCz"));
    NetworkPlan again = NetworkPlan.of(RealNetworks.read("DialtelecomCz"));

    assertThat(again).isEqualTo(once);
  }

  @Test
  void anyMultigraphBecomesASimpleGraphWithEveryEdgeAccountedFor() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      GraphMlNetwork network = randomNetwork(random);

      NetworkPlan plan = NetworkPlan.of(network);

      NetworkPlan.Counts counts = plan.counts();
      assertThat(counts.links() + counts.parallelEdges() + counts.selfLoops())
          .as("seed %d", seed)
          .isEqualTo(network.edges().size());
      assertThat(new HashSet<>(plan.links())).as("seed %d", seed).hasSize(plan.links().size());
      Set<String> ids = new HashSet<>();
      plan.members().forEach(member -> ids.add(member.edge().value()));
      assertThat(ids).as("seed %d", seed).hasSize(network.nodes().size());
      long linked = plan.links().stream().flatMap(link -> link.edges().stream()).distinct().count();
      assertThat(counts.isolated()).as("seed %d", seed).isEqualTo(ids.size() - (int) linked);
    }
  }

  @Test
  void theOrderOfEdgesDoesNotMatter() {
    GraphMlNetwork network = randomNetwork(new Random(7));
    List<GraphMlNetwork.Edge> shuffled = new ArrayList<>(network.edges());
    Collections.shuffle(shuffled, new Random(8));

    NetworkPlan plan =
        NetworkPlan.of(new GraphMlNetwork(Optional.empty(), network.nodes(), shuffled));

    assertThat(plan).isEqualTo(NetworkPlan.of(network));
  }

  @Test
  void namesOfDrawingsBecomeNamesOfMembers() {
    List<GraphMlNetwork.Node> nodes =
        List.of(
            new GraphMlNetwork.Node("0", "Val\u0092Isère", Optional.empty()),
            new GraphMlNetwork.Node("1", "two\r\nlines", Optional.empty()),
            new GraphMlNetwork.Node("2", "\u202Eevil\u202C", Optional.empty()),
            new GraphMlNetwork.Node("3", "\u200B", Optional.empty()),
            new GraphMlNetwork.Node("4", "𝔸".repeat(250), Optional.empty()));

    NetworkPlan plan = NetworkPlan.of(new GraphMlNetwork(Optional.empty(), nodes, List.of()));

    assertThat(plan.members())
        .extracting(NetworkPlan.PlannedMember::name)
        .containsExactly("Val Isère", "two lines", "evil", "3", "𝔸".repeat(200));
  }

  private static GraphMlNetwork randomNetwork(Random random) {
    List<String> labels = List.of("", "Brno", "Brno", "Zürich", "東京", "a b", "a-b", "None");
    List<GraphMlNetwork.Node> nodes = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      nodes.add(
          new GraphMlNetwork.Node(
              "n" + i, labels.get(random.nextInt(labels.size())), Optional.empty()));
    }
    List<GraphMlNetwork.Edge> edges = new ArrayList<>();
    for (int i = random.nextInt(80); i > 0; i--) {
      edges.add(new GraphMlNetwork.Edge("n" + random.nextInt(count), "n" + random.nextInt(count)));
    }
    return new GraphMlNetwork(Optional.of("random"), nodes, edges);
  }

  /** Networks that ship with the tests, and the one that ships with the program. */
  static final class RealNetworks {
    private RealNetworks() {}

    static GraphMlNetwork read(String network) throws Exception {
      String resource =
          network.equals("Abilene")
              ? "/io/linkwright/cli/networks/Abilene.graphml"
              : "/networks/" + network + ".graphml";
      try (InputStream in = NetworkPlanTest.class.getResourceAsStream(resource)) {
        return GraphMlReader.read(in);
      }
    }
  }
}
