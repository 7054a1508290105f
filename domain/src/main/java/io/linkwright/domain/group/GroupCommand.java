package io.linkwright.domain.group;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaPolicyChange;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import io.linkwright.domain.member.TokenHash;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a client may ask of a group. */
public sealed interface GroupCommand {

  /** The group the command is addressed to. */
  GroupId group();

  /** What an operator may ask for together with others: a step of {@link ChangeContents}. */
  sealed interface Combinable extends GroupCommand {}

  /** Creates a group without members. */
  record CreateGroup(GroupSettings settings) implements Combinable {
    @Override
    public GroupId group() {
      return settings.id();
    }
  }

  /**
   * Changes any of these; an empty field stays as it is.
   *
   * @param rekeyEvery empty within: keys are no longer changed by age
   */
  record ChangeGroup(
      GroupId group,
      Optional<String> name,
      Optional<Topology> topology,
      Optional<Boolean> dualTunnel,
      Optional<EdgeId> hub,
      Optional<Optional<RekeyInterval>> rekeyEvery,
      SaPolicyChange associations)
      implements Combinable {
    /** Leaves security associations as they are. */
    public ChangeGroup(
        GroupId group,
        Optional<String> name,
        Optional<Topology> topology,
        Optional<Boolean> dualTunnel,
        Optional<EdgeId> hub,
        Optional<Optional<RekeyInterval>> rekeyEvery) {
      this(group, name, topology, dualTunnel, hub, rekeyEvery, SaPolicyChange.NONE);
    }

    /** Leaves the age of keys as it is too. */
    public ChangeGroup(
        GroupId group,
        Optional<String> name,
        Optional<Topology> topology,
        Optional<Boolean> dualTunnel,
        Optional<EdgeId> hub) {
      this(group, name, topology, dualTunnel, hub, Optional.empty());
    }
  }

  /**
   * Goes on from the group's last good state, and configures all members and links anew: after
   * damage to the log, when the log is older than what edges hold, or when configuration is lost.
   * The only command that a damaged group takes.
   *
   * @param aboveRevision new revisions are above this one, as above all on the log; 0 if there is
   *     no need
   */
  record RecoverGroup(GroupId group, long aboveRevision) implements GroupCommand {
    /**
     * Checks the revision.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public RecoverGroup {
      if (aboveRevision < 0) {
        throw new IllegalArgumentException("revision %d is negative".formatted(aboveRevision));
      }
    }
  }

  /** Removes all links and members, then the group. */
  record DeleteGroup(GroupId group) implements GroupCommand {}

  /**
   * Makes an edge a member; overlay addresses are taken from the pool.
   *
   * @param invitation for a member without keys; it can be made later too
   */
  record AddMember(GroupId group, NewMember member, Optional<Invitation> invitation)
      implements Combinable {
    /** Without a token. */
    public AddMember(GroupId group, NewMember member) {
      this(group, member, Optional.empty());
    }
  }

  /** Changes a member's properties, or enrolls it with keys. */
  record ChangeMember(GroupId group, EdgeId edge, MemberChange change) implements Combinable {}

  /** Removes a member's links, then the member. */
  record RemoveMember(GroupId group, EdgeId edge) implements Combinable {}

  /** Makes a new token for a member without keys. */
  record InviteMember(GroupId group, EdgeId edge, Invitation invitation) implements Combinable {}

  /** Gives a member the keys of the device that shows the token. */
  record EnrollMember(GroupId group, EdgeId edge, TokenHash token, MemberKeys keys)
      implements GroupCommand {}

  /** Takes a member's keys away for ever, and with them its configuration. */
  record RevokeMember(GroupId group, EdgeId edge, RevokedLinks links) implements Combinable {}

  /** Links two members. The two ends as they were named, possibly the same. */
  record AddLink(GroupId group, EdgePair pair) implements Combinable {}

  /** Unlinks two members. */
  record RemoveLink(GroupId group, LinkId link) implements Combinable {}

  /** Adds and removes links, all or nothing; removals come first. */
  record ChangeLinks(GroupId group, List<EdgePair> add, List<EdgePair> remove)
      implements Combinable {
    /** Copies the lists. */
    public ChangeLinks {
      add = List.copyOf(add);
      remove = List.copyOf(remove);
    }
  }

  /** Gives a link new SPIs and keys. */
  record RekeyLink(GroupId group, LinkId link) implements Combinable {}

  /** Gives all links of a member new SPIs and keys; those that wait for an enrollment stay. */
  record RekeyMember(GroupId group, EdgeId edge) implements Combinable {}

  /**
   * What an edge asks for itself: new SPIs and keys for links whose present ones it must not go on
   * with. A link that has newer keys by now, or is gone, stays as it is, so a repeat does nothing.
   *
   * @param identity the key that the asker has proved to hold
   * @param keyVersions of the keys that are to be replaced
   */
  record RenewKeys(
      GroupId group, EdgeId edge, PublicKey identity, SortedMap<LinkId, Integer> keyVersions)
      implements GroupCommand {
    /** Copies the map. */
    public RenewKeys {
      keyVersions = Collections.unmodifiableSortedMap(new TreeMap<>(keyVersions));
    }
  }

  /**
   * Several commands as one, all or nothing: each is decided on the group as those before it leave
   * it. The first may create the group.
   */
  record ChangeContents(GroupId group, List<Combinable> steps) implements GroupCommand {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a step is addressed to another group
     */
    public ChangeContents {
      steps = List.copyOf(steps);
      for (Combinable step : steps) {
        if (!step.group().equals(group)) {
          throw new IllegalArgumentException(
              "a step for %s is no step for %s".formatted(step.group(), group));
        }
      }
    }

    /** Whether there need be no group yet. */
    boolean creates() {
      return !steps.isEmpty() && steps.getFirst() instanceof CreateGroup;
    }
  }
}
