package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Page;
import io.linkwright.console.live.Signals;
import io.linkwright.console.live.Snapshot;
import io.linkwright.console.live.TickSignals;
import io.linkwright.httpapi.answer.GroupAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All groups. No service has a stream of all groups' changes, so this page looks again; with {@link
 * SharedGroups}, however many look at it, the services are asked at this pace and no faster.
 */
public final class GroupsPage implements ConsolePage {
  /** With the pause of open pages and the age of a shared answer less than a second. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(450);

  private final PageScope scope;
  private final Place place;

  /** A page of the groups. */
  public GroupsPage(PageScope scope, Place place) {
    this.scope = scope;
    this.place = place;
  }

  @Override
  public String title() {
    return "Groups";
  }

  @Override
  public Snapshot render() {
    Page<GroupAnswer> groups = scope.groups().after(place.after());
    Pager pager =
        Pager.of(new Pager.Address("/console", ""), place, groups, "Groups", Optional.empty());
    return Snapshot.of(
        List.of(
            Regions.rows(
                "groups-head",
                groups.items(),
                group -> ElementIds.group(group.id()),
                group -> scope.templates().groupRow(group, Health.of(group))),
            Regions.single("groups-foot", scope.templates().groupsFoot(pager))));
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
