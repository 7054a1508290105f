package io.linkwright.agent.configuration;

import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an edge applies a configuration, all of it or nothing. Neither who delivers it
 * nor who stores it is trusted: what makes a peer is signed by the controller, sealed for this
 * edge, and newer than anything this edge has had of the link.
 *
 * <p>Removals carry no signature: whoever can drop messages can keep an edge from its peers anyway.
 * Changes nothing; owned by the agent because the opener in it remembers keys.
 */
public final class ConfigurationVerifier {
  private final EdgeId self;
  private final EdgeKeys keys;
  private final ControllerPublicKey controller;
  private final LinkVerifier links;

  /** For the edge {@code self}, which trusts one controller. */
  public ConfigurationVerifier(EdgeId self, EdgeKeys keys, ControllerPublicKey controller) {
    this.self = self;
    this.keys = keys;
    this.controller = controller;
    this.links = new LinkVerifier(self, keys, controller);
  }

  /** Checks a configuration against what the edge runs. */
  public Verdict check(EdgeState state, Config config) {
    try {
      Optional<HeldGroup> group = state.group(config.group());
      if (group.isPresent() && config.revision() < group.get().revision()) {
        throw new ProtocolException(
            "revision %d is older than %d, which this edge runs"
                .formatted(config.revision(), group.get().revision()));
      }
      if (config.isGroupGone()) {
        return drop(config, group);
      }
      return change(state, config, group);
    } catch (ProtocolException refusal) {
      return new Verdict.Refused(refusal.getMessage());
    }
  }

  /** Opens again what was verified before, as after a restart. */
  public VerifiedLink reopen(HeldLink held) throws ProtocolException {
    return links.open(held.update(), held.document());
  }

  private static Verdict drop(Config config, Optional<HeldGroup> group) {
    return group
        .<Verdict>map(
            held ->
                new Verdict.Accepted(
                    new Plan.Drop(
                        config.group(), config.revision(), List.copyOf(held.links().keySet()))))
        .orElseGet(Verdict.Unchanged::new);
  }

  private Verdict change(EdgeState state, Config config, Optional<HeldGroup> group)
      throws ProtocolException {
    Optional<HeldMembership> membership = newMembership(state, config, group);
    if (group.isEmpty() && membership.isEmpty()) {
      throw new ProtocolException("this edge is no member and the configuration has no membership");
    }
    if (group.isEmpty() && state.groups().size() >= ProtocolLimits.MAX_GROUPS_PER_EDGE) {
      throw new ProtocolException("this edge is a member of as many groups as it can be");
    }
    Set<LinkId> named = new HashSet<>();
    List<VerifiedLink> set = newLinks(state, config, group, named);
    List<LinkId> remove = removals(config, group, named);
    if (linkCount(group, set, remove) > ProtocolLimits.MAX_LINKS_PER_EDGE) {
      throw new ProtocolException("this edge would have more links than it can have");
    }
    boolean unchanged =
        membership.isEmpty()
            && set.isEmpty()
            && remove.isEmpty()
            && group.get().revision() == config.revision();
    return unchanged
        ? new Verdict.Unchanged()
        : new Verdict.Accepted(
            new Plan.Change(config.group(), config.revision(), membership, set, remove));
  }

  private Optional<HeldMembership> newMembership(
      EdgeState state, Config config, Optional<HeldGroup> group) throws ProtocolException {
    if (config.membership().isEmpty()) {
      return Optional.empty();
    }
    SignedDocument signed = config.membership().get();
    if (group.isPresent() && group.get().membership().signed().equals(signed)) {
      return Optional.empty();
    }
    Signatures.require(controller, signed, "the membership");
    MembershipDocument document = Documents.readMembership(signed.document());
    if (!document.group().equals(config.group()) || !document.edge().equals(self)) {
      throw new ProtocolException(
          "the membership is of %s in %s".formatted(document.edge(), document.group()));
    }
    if (!document.identity().equals(keys.publicKeys().identity())) {
      throw new ProtocolException("the membership is of a device with another identity key");
    }
    long floor =
        group
            .map(held -> held.membership().document().revision())
            .orElse(state.floorOf(config.group()));
    requireRevision("the membership", document.revision(), floor, config);
    return Optional.of(new HeldMembership(signed, document));
  }

  private List<VerifiedLink> newLinks(
      EdgeState state, Config config, Optional<HeldGroup> group, Set<LinkId> named)
      throws ProtocolException {
    List<VerifiedLink> verified = new ArrayList<>(config.set().size());
    for (LinkUpdate update : config.set()) {
      if (!named.add(update.link())) {
        throw new ProtocolException(update.link() + " is named twice");
      }
      Optional<HeldLink> held = group.flatMap(of -> of.link(update.link()));
      if (held.isPresent() && held.get().update().equals(update)) {
        continue;
      }
      long floor = floor(state, config.group(), group, update);
      requireRevision(update.link().toString(), update.revision(), floor, config);
      verified.add(links.verify(config.group(), update));
    }
    return verified;
  }

  private static long floor(
      EdgeState state, GroupId id, Optional<HeldGroup> group, LinkUpdate update) {
    if (group.isEmpty()) {
      return state.floorOf(id);
    }
    return group
        .get()
        .link(update.link())
        .map(HeldLink::revision)
        .orElseGet(() -> group.get().removed().floorOf(update.link()));
  }

  private static void requireRevision(String what, long revision, long floor, Config config)
      throws ProtocolException {
    if (revision <= floor) {
      throw new ProtocolException(
          "%s at revision %d is not newer than %d, which this edge has had"
              .formatted(what, revision, floor));
    }
    if (revision > config.revision()) {
      throw new ProtocolException(
          "%s at revision %d is beyond the configuration's %d"
              .formatted(what, revision, config.revision()));
    }
  }

  private static List<LinkId> removals(Config config, Optional<HeldGroup> group, Set<LinkId> named)
      throws ProtocolException {
    Set<LinkId> remove = new HashSet<>();
    for (LinkId link : config.remove()) {
      if (named.contains(link)) {
        throw new ProtocolException(link + " is both set and removed");
      }
      if (group.flatMap(held -> held.link(link)).isPresent()) {
        remove.add(link);
      }
    }
    if (config.complete() && group.isPresent()) {
      group.get().links().keySet().stream()
          .filter(link -> !named.contains(link))
          .forEach(remove::add);
    }
    return remove.stream().sorted().toList();
  }

  private static int linkCount(
      Optional<HeldGroup> group, List<VerifiedLink> set, List<LinkId> remove) {
    int held = group.map(of -> of.links().size()).orElse(0);
    long added =
        set.stream()
            .filter(link -> group.flatMap(of -> of.link(link.held().id())).isEmpty())
            .count();
    return Math.toIntExact(held + added - remove.size());
  }
}
