package io.linkwright.agent.configuration;

import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.edgeprotocol.Have;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What this edge runs in one group. Owned by the agent; changed by {@link EdgeState#apply}. */
public final class HeldGroup {
  private final GroupId id;
  private final SortedMap<LinkId, HeldLink> links = new TreeMap<>();
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

  /** What has been removed. */
  public RemovedLinks removed() {
    return removed;
  }

  /** What the edge tells the server it has. */
  public Have have() {
    SortedMap<LinkId, Long> revisions = new TreeMap<>();
    links.forEach((link, held) -> revisions.put(link, held.revision()));
    return new Have(revision, revisions);
  }

  Optional<HeldLink> link(LinkId link) {
    return Optional.ofNullable(links.get(link));
  }

  void apply(Plan.Change change) {
    revision = change.revision();
    membership = change.membership().orElse(membership);
    for (LinkId link : change.remove()) {
      removed.add(link, links.remove(link).revision());
    }
    for (VerifiedLink verified : change.set()) {
      HeldLink held = verified.held();
      removed.forget(held.id());
      links.put(held.id(), held);
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
