package io.linkwright.standalone.demo;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.command.LinksTable;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.terminal.output.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the demo shows of a group whose edges are connecting, step by step. Used by one thread. */
final class DemoScript {
  /** The link that is taken away to see who hears of it. */
  static final LinkId LINK = LinkId.parse("denver~kansas-city");

  /** The member that loses all its links. */
  static final EdgeId MEMBER = new EdgeId("seattle");

  /** How long an edge that should hear nothing is listened to. */
  private static final Duration SILENCE = Duration.ofMillis(500);

  private final DemoOutput narrator;
  private final GroupApi group;
  private final AppliedChanges witness;
  private final Deadline deadline;

  DemoScript(DemoOutput narrator, GroupApi group, AppliedChanges witness, Deadline deadline) {
    this.narrator = narrator;
    this.group = group;
    this.witness = witness;
    this.deadline = deadline;
  }

  void showLinks() throws InterruptedException {
    narrator.step("The links and their tunnels");
    deadline.await("every tunnel's probe getting through", group::allUp);
    JsonNode links = group.links();
    narrator.show(LinksTable.of(links));
    narrator.check(
        links.path("links").size() == DemoNetwork.LINKS,
        "%d links, each with two tunnels".formatted(DemoNetwork.LINKS));
    narrator.check(
        group.allUp(),
        "every tunnel is up: a probe encrypted at one end opened at the other, both ways");
  }

  void removeLink() throws InterruptedException {
    narrator.step("Remove %s: who hears of it?".formatted(LINK));
    Map<EdgeId, Long> before = new TreeMap<>(group.acknowledged());
    witness.startAfresh();
    long revision = group.remove(LINK).path("revision").asLong();
    Set<EdgeId> ends = new TreeSet<>(LINK.edges());
    deadline.await(
        "both ends acknowledging revision " + revision,
        () ->
            group.acknowledged().entrySet().stream()
                .filter(edge -> ends.contains(edge.getKey()))
                .allMatch(edge -> edge.getValue() >= revision));
    Thread.sleep(SILENCE);
    Map<EdgeId, Long> after = group.acknowledged();
    Table table = new Table(left("EDGE"), right("ACKNOWLEDGED BEFORE"), right("NOW"), left(""));
    before.forEach(
        (edge, old) ->
            table.row(
                edge, old, after.get(edge), after.get(edge) > old ? "◀ new configuration" : ""));
    narrator.show(table);
    Set<EdgeId> changed = new TreeSet<>();
    before.forEach(
        (edge, old) -> {
          if (!after.get(edge).equals(old)) {
            changed.add(edge);
          }
        });
    narrator.check(
        changed.equals(ends) && ends.stream().allMatch(edge -> after.get(edge) == revision),
        "exactly the two ends acknowledged revision %d".formatted(revision));
    narrator.check(
        witness.edges().equals(ends),
        "the other %d edges heard nothing".formatted(before.size() - ends.size()));
  }

  /** The links taken away, to be given back. */
  List<LinkId> isolateMember() throws InterruptedException {
    narrator.step("Take every link of %s away".formatted(MEMBER));
    List<LinkId> links = group.linkIds().stream().filter(link -> link.joins(MEMBER)).toList();
    long revision = 0;
    for (LinkId link : links) {
      revision = group.remove(link).path("revision").asLong();
    }
    JsonNode now = group.group(revision);
    narrator.say("removed %s".formatted(links));
    for (JsonNode notice : now.path("notices")) {
      narrator.say(
          "%s  %s: %s"
              .formatted(
                  notice.path("severity").asText(),
                  notice.path("code").asText(),
                  notice.path("message").asText()));
    }
    narrator.check(
        now.path("isolatedMembers").size() == 1
            && now.path("isolatedMembers").path(0).asText().equals(MEMBER.value()),
        "%s, and only %s, is isolated".formatted(MEMBER, MEMBER));
    narrator.check(
        hasIsolatedNotice(now), "the group's page carries the notice, severity informational");
    deadline.await("the neighbours taking their tunnels down", group::allAcknowledged);
    narrator.check(true, "%s and its neighbours acknowledged".formatted(MEMBER));
    return links;
  }

  void restore(List<LinkId> links) throws InterruptedException {
    narrator.step("Give everything back");
    long revision = group.add(LINK);
    for (LinkId link : links) {
      revision = group.add(link);
    }
    JsonNode now = group.group(revision);
    deadline.await("every edge acknowledging", group::allAcknowledged);
    deadline.await("every tunnel coming up", group::allUp);
    narrator.check(
        now.path("linkCount").asInt() == DemoNetwork.LINKS,
        "%d links again".formatted(DemoNetwork.LINKS));
    narrator.check(
        now.path("isolatedMembers").isEmpty() && !hasIsolatedNotice(now),
        "nobody is isolated, the notice is gone");
    narrator.check(group.allUp(), "every tunnel is up again, under new keys");
  }

  private static boolean hasIsolatedNotice(JsonNode group) {
    for (JsonNode notice : group.path("notices")) {
      if (notice.path("code").asText().equals("ISOLATED_MEMBER")
          && notice.path("edge").asText().equals(MEMBER.value())) {
        return true;
      }
    }
    return false;
  }
}
