package io.linkwright.cli.applying;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.Field;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentStanding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every group and every file, made from a seed. */
class PlanPropertiesTest {
  private static final int EDGES = 9;

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theStepsMakeTheGroupWhatTheFileSaysAndTouchNothingElse(long seed) throws Exception {
    Random random = new Random(seed);
    GroupSnapshot now = picture(random);
    WantedGroup wanted =
        GroupFileTest.read(partOf(GroupFileText.json(picture(random)), random)).getFirst();
    Unlisted unnamed = random.nextBoolean() ? Unlisted.STAYS : Unlisted.GOES;

    GroupPlan plan = GroupDiff.change(now, wanted, unnamed);
    GroupSnapshot then = applied(now, plan.steps());

    assertThat(GroupDiff.change(then, wanted, unnamed).steps()).isEmpty();
    assertThat(then.settings()).isEqualTo(now.settings().with(wanted.settings()));
    checkMembers(now, then, wanted, unnamed);
    checkLinks(now, then, wanted, unnamed);
    assertThat(plan.covers(GroupDiff.change(applied(now, half(plan)), wanted, unnamed))).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anExportAppliedWhereItWasMadeChangesNothingAndElsewhereMakesTheSame(long seed)
      throws Exception {
    GroupSnapshot now = picture(new Random(seed));
    WantedGroup wanted = exported(now);

    assertThat(GroupDiff.change(now, wanted, Unlisted.GOES).steps()).isEmpty();
    GroupSnapshot made =
        applied(
            new GroupSnapshot(now.id(), 7, wanted.settings(), new TreeMap<>(), new TreeSet<>()),
            GroupDiff.create(7, wanted).steps());
    assertThat(made.settings().json())
        .isEqualTo(
            now.settings()
                .with(wanted.settings())
                .only(wanted.settings().values().keySet())
                .json());
    assertThat(made.links()).isEqualTo(now.links());
    assertThat(made.members().keySet()).isEqualTo(now.members().keySet());
    now.members()
        .forEach(
            (edge, member) ->
                assertThat(made.members().get(edge).properties()).isEqualTo(member.properties()));
  }

  /** What is not named stays or goes; what is, has what the file says and keeps the rest. */
  private static void checkMembers(
      GroupSnapshot now, GroupSnapshot then, WantedGroup wanted, Unlisted unnamed) {
    SortedMap<EdgeId, WantedMember> named = wanted.members().orElseGet(TreeMap::new);
    SortedSet<EdgeId> expected = new TreeSet<>(now.members().keySet());
    if (unnamed == Unlisted.GOES && wanted.members().isPresent()) {
      expected.retainAll(named.keySet());
    }
    expected.addAll(named.keySet());
    assertThat(then.members().keySet()).isEqualTo(expected);
    then.members()
        .forEach(
            (edge, member) -> {
              Properties<MemberField> before =
                  now.members().containsKey(edge)
                      ? now.members().get(edge).properties()
                      : new Properties<MemberField>(Map.of());
              Properties<MemberField> said =
                  named.containsKey(edge)
                      ? named.get(edge).properties()
                      : new Properties<MemberField>(Map.of());
              assertThat(member.properties()).isEqualTo(before.with(said));
            });
  }

  private static void checkLinks(
      GroupSnapshot now, GroupSnapshot then, WantedGroup wanted, Unlisted unnamed) {
    SortedSet<LinkId> expected = new TreeSet<>(now.links());
    if (unnamed == Unlisted.GOES && wanted.links().isPresent()) {
      expected.retainAll(wanted.links().get());
    }
    expected.removeIf(link -> !then.members().keySet().containsAll(link.edges()));
    wanted.links().ifPresent(links -> expected.addAll(links));
    assertThat(then.links()).isEqualTo(expected);
  }

  /** What a server would make of the steps; each must be one that it takes. */
  private static GroupSnapshot applied(GroupSnapshot now, List<Step> steps) {
    Properties<GroupField> settings = now.settings();
    SortedMap<EdgeId, MemberPicture> members = new TreeMap<>(now.members());
    SortedSet<LinkId> links = new TreeSet<>(now.links());
    for (Step step : steps) {
      switch (step) {
        case Step.CreateGroup _ -> {}
        case Step.ChangeGroup(var from, var to) -> {
          assertThat(settings.only(from.values().keySet())).isEqualTo(from);
          settings = settings.with(to);
        }
        case Step.RemoveMember(var edge, int count) -> {
          assertThat(links.stream().filter(link -> link.joins(edge)))
              .hasSizeLessThanOrEqualTo(count); // those to members removed before have gone
          assertThat(members.remove(edge)).isNotNull();
          links.removeIf(link -> link.joins(edge));
        }
        case Step.ChangeMember(var edge, var _, var to, var _) ->
            members.computeIfPresent(
                edge,
                (_, member) ->
                    new MemberPicture(member.properties().with(to), member.enrollment()));
        case Step.AddMember(var edge, var properties, var _) ->
            assertThat(
                    members.put(edge, new MemberPicture(properties, EnrollmentStanding.AWAITING)))
                .isNull();
        case Step.RemoveLink(var link) -> assertThat(links.remove(link)).isTrue();
        case Step.AddLink(var link) -> {
          assertThat(members.keySet()).containsAll(link.edges());
          assertThat(links.add(link)).isTrue();
        }
      }
    }
    return new GroupSnapshot(now.id(), now.revision() + steps.size(), settings, members, links);
  }

  private static List<Step> half(GroupPlan plan) {
    return plan.steps().subList(0, plan.steps().size() / 2);
  }

  private static WantedGroup exported(GroupSnapshot picture) throws Exception {
    String text = GroupFileText.yaml(GroupFileText.json(picture));
    return GroupFile.read(
            "export.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .getFirst();
  }

  /** The file without some of its fields and lists. */
  private static String partOf(ObjectNode file, Random random) {
    ObjectNode group = (ObjectNode) file.at("/groups/0");
    for (Field field : GroupField.values()) {
      if (random.nextInt(3) == 0) {
        group.remove(field.label());
      }
    }
    for (JsonNode member : group.path("members")) {
      for (String field : List.of("name", "endpoint", "allowedSubnets")) {
        if (random.nextInt(3) == 0) {
          ((ObjectNode) member).remove(field);
        }
      }
    }
    switch (random.nextInt(4)) {
      case 0 -> group.remove(List.of("members", "links"));
      case 1 -> group.remove("links");
      default -> {}
    }
    return random.nextBoolean() ? file.toString() : GroupFileText.yaml(file);
  }

  private static GroupSnapshot picture(Random random) {
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", name(random))
            .put("topology", "partial-mesh")
            .put("tunnelProtocol", "ipsec")
            .put("dualTunnel", random.nextBoolean())
            .put("addressPool", "100.64.0.0/16")
            .put("saAlgorithm", "aes-gcm-256-esn");
    if (random.nextBoolean()) {
      settings.put("rekeyEvery", "P%dD".formatted(1 + random.nextInt(3)));
      settings.put("rekeyAfterPackets", 1_000L + random.nextInt(3));
    }
    SortedMap<EdgeId, MemberPicture> members = new TreeMap<>();
    for (int edge = 0; edge < EDGES; edge++) {
      if (random.nextInt(3) > 0) {
        members.put(new EdgeId("e" + edge), member(edge, random));
      }
    }
    List<EdgeId> edges = new ArrayList<>(members.keySet());
    SortedSet<LinkId> links = new TreeSet<>();
    for (int a = 0; a < edges.size(); a++) {
      for (int b = a + 1; b < edges.size(); b++) {
        if (random.nextInt(3) == 0) {
          links.add(new LinkId(edges.get(a), edges.get(b)));
        }
      }
    }
    return new GroupSnapshot(
        new GroupId("g"), 7, Properties.of(settings, GroupField.class), members, links);
  }

  private static MemberPicture member(int edge, Random random) {
    ObjectNode member = JsonNodeFactory.instance.objectNode().put("name", name(random));
    if (random.nextBoolean()) {
      member.put("endpoint", "192.0.2.%d:4500".formatted(random.nextInt(3)));
      member.put("latitude", random.nextInt(2)).put("longitude", random.nextDouble());
    }
    ArrayNode subnets = member.putArray("allowedSubnets");
    for (int net = 0; net < random.nextInt(3); net++) {
      subnets.add("10.%d.%d.0/24".formatted(edge, net));
    }
    EnrollmentStanding[] standings = EnrollmentStanding.values();
    return new MemberPicture(
        Properties.of(member, MemberField.class), standings[random.nextInt(standings.length)]);
  }

  /** Names that are something else in YAML, unless they are in quotes. */
  private static String name(Random random) {
    List<String> names =
        Arrays.asList("007", "true", "~", "Zürich: \"x\"", "- a", "{b}", "🌐 \u00a0end\\", "'#'");
    return names.get(random.nextInt(names.size()));
  }
}
