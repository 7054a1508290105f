package io.linkwright.agent.configuration;

import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.List;
import java.util.Optional;

/** What an edge was told, verified and worked out to what it changes. */
public sealed interface Plan {

  /** The group it is about. */
  GroupId group();

  /** What the driver is to do. */
  TunnelPlan tunnels();

  /** The same as a message that says nothing else: this is what goes to disk. */
  ServerMessage record();

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
    public Config record() {
      List<LinkUpdate> updates = set.stream().map(link -> link.held().update()).toList();
      return new Config(
          group,
          NO_NONCE,
          revision,
          false,
          membership.map(HeldMembership::signed),
          updates,
          remove);
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
    public Config record() {
      return Config.groupGone(group, NO_NONCE, revision);
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
    public ChangeOver record() {
      return step;
    }
  }

  /** Nobody answers what is read from disk. */
  String NO_NONCE = "";
}
