package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Group;
import io.linkwright.console.api.Page;
import io.linkwright.console.live.Fragment;
import io.linkwright.console.live.Signals;
import io.linkwright.console.live.Snapshot;
import io.linkwright.console.live.TickSignals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All groups. No service has a stream of all groups' changes, so this page looks again. */
public final class GroupsPage implements ConsolePage {
  private static final int PAGE_SIZE = 50;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(600);

  private final PageScope scope;
  private final Optional<String> after;

  /**
   * A page of the groups.
   *
   * @param after the last group of the page before
   */
  public GroupsPage(PageScope scope, Optional<String> after) {
    this.scope = scope;
    this.after = after;
  }

  @Override
  public String title() {
    return "Groups";
  }

  @Override
  public Snapshot render() {
    Page<Group> groups = scope.queries().groups(after, PAGE_SIZE);
    List<Fragment> rows =
        groups.items().stream()
            .map(
                group ->
                    new Fragment(
                        ElementIds.group(group.id()),
                        scope.templates().groupRow(group, Health.of(group)).render()))
            .toList();
    return Snapshot.of(
        List.of(
            Regions.rows("groups-head", rows),
            Regions.single(
                "groups-foot",
                scope.templates().groupsFoot(rows.size(), after.isPresent(), groups.next()))));
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope.templates().groups(Regions.content(snapshot, 0), Regions.content(snapshot, 1));
  }

  @Override
  public Signals signals() {
    return new TickSignals(LOOK_AGAIN);
  }
}
