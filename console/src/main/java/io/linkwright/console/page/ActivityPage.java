package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Group;
import io.linkwright.console.api.GroupEvent;
import io.linkwright.console.live.Snapshot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A group's events, newest first: who did what, and what followed. */
public final class ActivityPage extends GroupPage {
  private static final int PAGE_SIZE = 50;

  /** Events looked through for those that match, so that a filter is answered in a second. */
  private static final int MAX_SEARCHED = 5_000;

  /** The most that the services give at once. */
  private static final int CHUNK = 500;

  private final Filter filter;

  /**
   * Which events.
   *
   * @param until the newest to show; empty for the newest there is, and then new ones appear
   * @param who part of the actor's name
   * @param what type of the event, as in {@code LinkAdded}
   * @param edge member that it is about
   */
  public record Filter(
      Optional<Long> until, Optional<String> who, Optional<String> what, Optional<String> edge) {

    /** Whether every event is shown. */
    public boolean isOpen() {
      return until.isEmpty() && !isNarrow();
    }

    private boolean isNarrow() {
      return who.isPresent() || what.isPresent() || edge.isPresent();
    }

    /** The query of an address of older events. */
    public String older(long newest) {
      return Stream.concat(
              Stream.of("until=" + newest),
              Stream.of(parameter("who", who), parameter("what", what), parameter("edge", edge))
                  .flatMap(Optional::stream))
          .collect(Collectors.joining("&"));
    }

    boolean matches(GroupEvent event) {
      return who.filter(name -> !containsIgnoringCase(event.actor(), name)).isEmpty()
          && what.filter(type -> !event.type().equals(type)).isEmpty()
          && edge.filter(id -> !event.edges().contains(id)).isEmpty();
    }

    private static Optional<String> parameter(String name, Optional<String> value) {
      return value.map(text -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    private static boolean containsIgnoringCase(String text, String part) {
      return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * What was found.
   *
   * @param older where to go on; 0 if everything was looked at
   */
  public record Found(List<GroupEvent> events, long older) {}

  /** Events of {@code group}. */
  public ActivityPage(PageScope scope, String group, Filter filter) {
    super(scope, group);
    this.filter = filter;
  }

  @Override
  public String title() {
    return groupId() + " · Activity";
  }

  @Override
  public Snapshot render() {
    Group group = scope().queries().group(groupId());
    long newest = filter.until().map(n -> Math.min(n, group.revision())).orElse(group.revision());
    Found found = search(newest);
    long marked = filter.until().orElse(0L);
    return Snapshot.of(
        List.of(
            head(group),
            Regions.rows(
                "events-head",
                found.events(),
                event -> ElementIds.event(event.revision()),
                event ->
                    scope()
                        .templates()
                        .eventRow(
                            groupId(),
                            event,
                            EventWords.of(event),
                            event.revision() == marked ? "target" : "")),
            Regions.single(
                "events-foot", scope().templates().activityFoot(groupId(), filter, found))));
  }

  /** Backwards from {@code newest}, until a page is full or enough was looked at. */
  private Found search(long newest) {
    List<GroupEvent> matching = new ArrayList<>();
    int chunk = filter.isNarrow() ? CHUNK : PAGE_SIZE;
    long end = newest;
    while (end > 0 && newest - end < MAX_SEARCHED) {
      long from = Math.max(1, end - chunk + 1);
      List<GroupEvent> events =
          new ArrayList<>(scope().queries().events(groupId(), from, (int) (end - from + 1)));
      Collections.reverse(events);
      for (GroupEvent event : events) {
        if (filter.matches(event)) {
          matching.add(event);
          if (matching.size() == PAGE_SIZE) {
            return new Found(matching, event.revision() - 1);
          }
        }
      }
      end = from - 1;
    }
    return new Found(matching, end);
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
