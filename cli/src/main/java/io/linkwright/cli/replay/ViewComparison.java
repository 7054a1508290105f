package io.linkwright.cli.replay;

import io.linkwright.cli.group.GroupKeepsChangingException;
import io.linkwright.cli.group.GroupReader;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Holds a replay against what a server shows, group by group at one revision. Where the server is
 * further than the replay, the log is read on. Used by one thread.
 */
public final class ViewComparison {
  /** A group that is another whenever log and server are looked at is given up after so many. */
  private static final int MAX_LOOKS = 10;

  private final LogReplay replay;
  private final LogReplayState fold;
  private final LinkwrightApi api;
  private final GroupReader reader;

  /** Between {@code fold}, which {@code replay} reads into, and a server. */
  public ViewComparison(LogReplay replay, LogReplayState fold, LinkwrightApi api) {
    this.replay = replay;
    this.fold = fold;
    this.api = api;
    this.reader = new GroupReader(api);
  }

  /**
   * All that differs, of groups without damage.
   *
   * @param only this group; empty: all
   * @throws ReplayException if the log cannot be read on
   * @throws GroupKeepsChangingException if a group keeps changing
   * @throws io.linkwright.httpapi.client.ApiException if the server refuses or does not answer
   */
  public List<Difference> run(Optional<GroupId> only)
      throws ReplayException, GroupKeepsChangingException {
    SortedSet<GroupId> groups = new TreeSet<>();
    if (only.isPresent()) {
      groups.add(only.get());
    } else {
      Pages.all(api, ApiPaths.GROUPS, GroupPage.ITEMS, GroupPage.class)
          .value()
          .items()
          .forEach(group -> groups.add(group.id()));
      groups.addAll(fold.groups().keySet());
    }
    List<Difference> differences = new ArrayList<>();
    for (GroupId group : groups) {
      differences.addAll(compare(group));
    }
    return differences;
  }

  private List<Difference> compare(GroupId group)
      throws ReplayException, GroupKeepsChangingException {
    for (int look = 1; look <= MAX_LOOKS; look++) {
      ReplayedGroup replayed = fold.groups().get(group);
      if (replayed != null && !replayed.sound()) {
        return List.of();
      }
      long revision = revision(replayed);
      Optional<GroupSnapshot> shown = reader.read(group, revision);
      Optional<GroupState.Active> folded = active(replayed);
      if (shown.isEmpty() && folded.isEmpty()) {
        return List.of();
      }
      if (shown.isPresent() && folded.isPresent() && shown.get().revision() == revision) {
        return Difference.between(ReplayedPicture.of(folded.get()), shown.get());
      }
      replay.run();
      if (revision(fold.groups().get(group)) == revision) {
        return List.of(ofRevisions(group, folded, shown));
      }
    }
    throw new GroupKeepsChangingException(group, MAX_LOOKS);
  }

  /** The log has no more, and still the two are not at the same revision. */
  private static Difference ofRevisions(
      GroupId group, Optional<GroupState.Active> folded, Optional<GroupSnapshot> shown) {
    return new Difference(
        group,
        "revision",
        folded.map(state -> Long.toString(state.revision())).orElse(Difference.NOT_THERE),
        shown.map(picture -> Long.toString(picture.revision())).orElse(Difference.NOT_THERE));
  }

  private static long revision(ReplayedGroup group) {
    return group == null ? 0 : group.state().revision();
  }

  private static Optional<GroupState.Active> active(ReplayedGroup group) {
    return group != null && group.state() instanceof GroupState.Active active
        ? Optional.of(active)
        : Optional.empty();
  }
}
