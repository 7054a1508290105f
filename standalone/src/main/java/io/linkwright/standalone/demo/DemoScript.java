package io.linkwright.standalone.demo;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import io.linkwright.cli.command.LinksTable;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.answer.Notice;
import io.linkwright.terminal.output.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    LinkPage links = group.links();
    narrator.show(LinksTable.of(links));
    narrator.check(
        links.items().size() == DemoNetwork.LINKS,
        "%d links, each with two tunnels".formatted(DemoNetwork.LINKS));
    narrator.check(
        group.allUp(),
        "every tunnel is up: a probe encrypted at one end opened at the other, both ways");
  }

  void removeLink() throws InterruptedException {
    narrator.step("Remove %s: who hears of it?".formatted(LINK));
    Map<EdgeId, Long> before = new TreeMap<>(group.acknowledged());
    witness.startAfresh();
    long revision = group.remove(LINK);
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
      revision = group.remove(link);
    }
    GroupAnswer now = group.group(revision);
    narrator.say("removed %s".formatted(links));
    for (Notice notice : now.notices()) {
      narrator.say("%s  %s: %s".formatted(notice.severity(), notice.code(), notice.message()));
    }
    narrator.check(
        now.isolatedMembers().equals(List.of(MEMBER)),
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
    GroupAnswer now = group.group(revision);
    deadline.await("every edge acknowledging", group::allAcknowledged);
    deadline.await("every tunnel coming up", group::allUp);
    narrator.check(
        now.linkCount() == DemoNetwork.LINKS, "%d links again".formatted(DemoNetwork.LINKS));
    narrator.check(
        now.isolatedMembers().isEmpty() && !hasIsolatedNotice(now),
        "nobody is isolated, the notice is gone");
    narrator.check(group.allUp(), "every tunnel is up again, under new keys");
  }

  private static boolean hasIsolatedNotice(GroupAnswer group) {
    return group.notices().stream()
        .filter(notice -> notice.code().equals(Notice.ISOLATED_MEMBER))
        .anyMatch(notice -> notice.edge().equals(Optional.of(MEMBER)));
  }
}
