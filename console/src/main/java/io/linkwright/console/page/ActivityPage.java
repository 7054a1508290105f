package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.live.Region;
import io.linkwright.console.live.Snapshot;
import io.linkwright.console.page.EventSearch.Found;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.GroupAnswer;
import java.util.List;
import java.util.Optional;

/** A group's events, newest first: who did what, and what followed. */
public final class ActivityPage extends GroupPage {
  private final EventFilter filter;

  /** Events of {@code group}. */
  public ActivityPage(PageScope scope, String group, EventFilter filter) {
    super(scope, group);
    this.filter = filter;
  }

  @Override
  public String title() {
    return groupId() + " · Activity";
  }

  @Override
  public Snapshot render() {
    GroupAnswer group = scope().queries().group(groupId());
    long newest = group.revision();
    Found found =
        new EventSearch((from, limit) -> scope().queries().events(groupId(), from, limit), filter)
            .until(filter.until().map(until -> Math.min(until, newest)).orElse(newest));
    return Snapshot.of(
        List.of(
            head(group),
            rows(found.events()),
            Regions.single(
                "events-foot", scope().templates().activityFoot(found, pager(found, newest)))));
  }

  private Region.Listing rows(List<EventAnswer> events) {
    long marked = filter.until().orElse(0L);
    return Regions.rows(
        "events-head",
        events,
        event -> ElementIds.event(event.revision()),
        event ->
            scope()
                .templates()
                .eventRow(
                    groupId(),
                    event,
                    EventWords.of(event),
                    event.revision() == marked ? "target" : ""));
  }

  /** The pages before and after, as of the other tables. */
  private Pager pager(Found found, long newest) {
    Pager.Address table =
        new Pager.Address("/console/groups/%s/activity".formatted(groupId()), filter.query());
    return new Pager(
        words(found.events(), newest),
        filter
            .until()
            .filter(until -> until < newest)
            .map(until -> table.with("before=" + (until + 1))),
        found.older() > 0 ? Optional.of(table.with("until=" + found.older())) : Optional.empty(),
        table.with(""));
  }

  /** Of events that are left out nobody knows how many there are. */
  private Optional<String> words(List<EventAnswer> events, long newest) {
    return events.isEmpty() || filter.isNarrow()
        ? Optional.empty()
        : Optional.of(
            "Revisions %d to %d of %d"
                .formatted(events.getFirst().revision(), events.getLast().revision(), newest));
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope()
        .templates()
        .activity(
            groupId(),
            filter,
            Regions.content(snapshot, 0),
            Regions.content(snapshot, 1),
            Regions.content(snapshot, 2));
  }
}
