package io.linkwright.agent.configuration;

import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an edge was told, verified and worked out to what it changes. */
public sealed interface Plan {

  /** The group it is about. */
  GroupId group();

  /** What the driver is to do. */
  TunnelPlan tunnels();

  /**
   * The same as messages that say nothing else, each link in one of its own: this is what goes to
   * disk, where one may be damaged.
   */
  List<ServerMessage> records();

  /** Whether something that was there before is not to be there again. */
  boolean takesAway();

  /**
   * The edge is, or stays, a member.
   *
   * @param membership if it is new or has changed
   * @param set only what is new or has changed
   * @param remove only what is held
   */
  record Change(
      GroupId group,
      long revision,
      Optional<HeldMembership> membership,
      List<VerifiedLink> set,
      List<LinkId> remove)
      implements Plan {

    /** Copies the lists. */
    public Change {
      set = List.copyOf(set);
      remove = List.copyOf(remove);
    }

    @Override
    public TunnelPlan tunnels() {
      return TunnelPlan.of(group, set.stream().map(VerifiedLink::peerLink).toList(), remove);
    }

    @Override
    public List<ServerMessage> records() {
      List<ServerMessage> records = new ArrayList<>();
      if (membership.isPresent() || takesAway() || set.isEmpty()) {
        records.add(record(membership.map(HeldMembership::signed), List.of(), remove));
      }
      set.forEach(
          link -> records.add(record(Optional.empty(), List.of(link.held().update()), List.of())));
      return records;
    }

    private Config record(
        Optional<SignedDocument> signed, List<LinkUpdate> updates, List<LinkId> removals) {
      return new Config(group, NO_NONCE, revision, false, signed, updates, removals);
    }

    @Override
    public boolean takesAway() {
      return !remove.isEmpty();
    }
  }

  /**
   * The edge is no member any more.
   *
   * @param links that it held
   */
  record Drop(GroupId group, long revision, List<LinkId> links) implements Plan {

    /** Copies the list. */
    public Drop {
      links = List.copyOf(links);
    }

    @Override
    public TunnelPlan tunnels() {
      return TunnelPlan.of(group, List.of(), links);
    }

    @Override
    public List<ServerMessage> records() {
      return List.of(Config.groupGone(group, NO_NONCE, revision));
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * Links change over to their newest keys, or give up former ones.
   *
   * @param step only what is a step of a link that is held
   */
  record KeyStep(ChangeOver step) implements Plan {

    @Override
    public GroupId group() {
      return step.group();
    }

    @Override
    public TunnelPlan tunnels() {
      return new TunnelPlan(
          step.group(),
          List.of(),
          List.of(),
          List.copyOf(step.switchOver().keySet()),
          List.copyOf(step.retire().keySet()));
    }

    @Override
    public List<ServerMessage> records() {
      return List.of(step);
    }

    @Override
    public boolean takesAway() {
      return !step.retire().isEmpty();
    }
  }

  /** Nobody answers what is read from disk. */
  String NO_NONCE = "";
}
