package io.linkwright.agent.configuration;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What this edge runs in one group. Owned by the agent; changed by {@link EdgeState#apply}. */
public final class HeldGroup {
  private final GroupId id;
  private final SortedMap<LinkId, HeldLink> links = new TreeMap<>();
  private final SortedMap<LinkId, ChangingKeys> changing = new TreeMap<>();
  private final RemovedLinks removed = new RemovedLinks();
  private long revision;
  private HeldMembership membership;

  HeldGroup(GroupId id, HeldMembership membership, long floor) {
    this.id = id;
    this.membership = membership;
    this.removed.raiseFloor(floor);
  }

  /** The group. */
  public GroupId id() {
    return id;
  }

  /** Of the configuration applied last. */
  public long revision() {
    return revision;
  }

  /** This edge's membership. */
  public HeldMembership membership() {
    return membership;
  }

  /** In the order of their ids; a view. */
  public SortedMap<LinkId, HeldLink> links() {
    return Collections.unmodifiableSortedMap(links);
  }

  /** The links that still have former keys, in the order of their ids; a view. */
  public SortedMap<LinkId, ChangingKeys> changing() {
    return Collections.unmodifiableSortedMap(changing);
  }

  /** What the edge tells the server of these. */
  public List<KeyChange> keyChanges() {
    return changing.entrySet().stream()
        .map(
            entry ->
                new KeyChange(
                    entry.getKey(),
                    links.get(entry.getKey()).revision(),
                    entry.getValue().sending()))
        .toList();
  }

  /** A link's keys that count, the oldest at age 0, the newest last. */
  public Optional<HeldLink> generation(LinkId link, int age) {
    List<HeldLink> former = changing.containsKey(link) ? changing.get(link).former() : List.of();
    if (age < former.size()) {
      return Optional.of(former.get(age));
    }
    return age == former.size() ? link(link) : Optional.empty();
  }

  /** Whether the link has older keys than these and sends with these. */
  public boolean isSwitchedTo(HeldLink keys) {
    ChangingKeys known = changing.get(keys.id());
    return known != null
        && known.sending() == keys.revision()
        && known.former().getFirst().revision() != keys.revision();
  }

  /** What has been removed. */
  public RemovedLinks removed() {
    return removed;
  }

  /** What the edge tells the server it has. */
  public Have have() {
    SortedMap<LinkId, Long> revisions = new TreeMap<>();
    links.forEach((link, held) -> revisions.put(link, held.revision()));
    SortedMap<LinkId, Long> sending = new TreeMap<>();
    changing.forEach((link, keys) -> sending.put(link, keys.sending()));
    return new Have(revision, revisions, sending);
  }

  Optional<HeldLink> link(LinkId link) {
    return Optional.ofNullable(links.get(link));
  }

  void apply(Plan.Change change) {
    revision = change.revision();
    membership = change.membership().orElse(membership);
    for (LinkId link : change.remove()) {
      removed.add(link, links.remove(link).revision());
      changing.remove(link);
    }
    for (VerifiedLink verified : change.set()) {
      HeldLink held = verified.held();
      removed.forget(held.id());
      Optional.ofNullable(links.put(held.id(), held)).ifPresent(this::replaced);
    }
  }

  /** Every change of a link brings new keys, and the peer may not have them yet. */
  private void replaced(HeldLink before) {
    ChangingKeys known = changing.get(before.id());
    changing.put(before.id(), known == null ? ChangingKeys.first(before) : known.again(before));
  }

  void apply(ChangeOver step) {
    step.switchOver()
        .forEach((link, newest) -> changing.put(link, changing.get(link).switchedTo(newest)));
    for (LinkId link : step.retire().keySet()) {
      changing.remove(link);
    }
  }

  /** No signed document of this group that the edge has seen is above this. */
  long highestRevision() {
    long highest = Math.max(removed.floor(), membership.document().revision());
    for (HeldLink link : links.values()) {
      highest = Math.max(highest, link.revision());
    }
    for (long revisionOfRemoved : removed.revisions().values()) {
      highest = Math.max(highest, revisionOfRemoved);
    }
    return highest;
  }
}
