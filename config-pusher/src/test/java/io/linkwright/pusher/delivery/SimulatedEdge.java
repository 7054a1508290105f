package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An edge that keeps to the protocol: all or nothing of each message, never back in time. */
final class SimulatedEdge {
  private final EdgeId id;
  private final EdgeKeys device;
  private final SimulatedKeys keys = new SimulatedKeys();
  private final Map<GroupId, Have> disk = new HashMap<>();

  private final Map<GroupId, SignedDocument> memberships = new HashMap<>();

  /** Links it refuses, as if their documents were bad. */
  private final Set<LinkId> refused = new HashSet<>();

  SimulatedEdge(EdgeId id, EdgeKeys device) {
    this.id = id;
    this.device = device;
  }

  EdgeId id() {
    return id;
  }

  EdgeKeys device() {
    return device;
  }

  SimulatedKeys keys() {
    return keys;
  }

  EdgeMessage hello(String challenge) {
    SortedMap<GroupId, Have> have = new TreeMap<>();
    disk.forEach(
        (group, held) ->
            have.put(group, new Have(held.revision(), held.links(), keys.sending(group))));
    return new EdgeMessage.Hello(device.signChallenge(id, challenge), have);
  }

  void refuse(LinkId link) {
    refused.add(link);
  }

  void refuseNothing() {
    refused.clear();
  }

  void loseDisk() {
    disk.clear();
    memberships.clear();
    keys.clear();
  }

  Optional<Have> has(GroupId group) {
    return Optional.ofNullable(disk.get(group));
  }

  Optional<SignedDocument> membership(GroupId group) {
    return Optional.ofNullable(memberships.get(group));
  }

  EdgeMessage receive(Config config) {
    Optional<String> error = error(config);
    if (error.isPresent()) {
      return new EdgeMessage.Nack(config.nonce(), config.group(), config.revision(), error.get());
    }
    apply(config);
    SortedMap<LinkId, Long> sending = keys.sending(config.group());
    sending
        .keySet()
        .retainAll(config.set().stream().map(LinkUpdate::link).collect(Collectors.toSet()));
    return new EdgeMessage.Ack(config.nonce(), config.group(), config.revision(), sending);
  }

  /** What it reports after a step. */
  EdgeMessage receive(ChangeOver step) {
    assertThat(step.isEmpty()).isFalse();
    keys.apply(step);
    return new EdgeMessage.Status(step.group(), List.of(), keys.changes(step.group()));
  }

  private Optional<String> error(Config config) {
    Optional<Have> have = has(config.group());
    assertThat(config.revision())
        .as("never back in time: %s has %s", id, have)
        .isGreaterThanOrEqualTo(have.map(Have::revision).orElse(0L));
    assertThat(have.isPresent() || config.complete())
        .as("what an edge gets first of a group is complete")
        .isTrue();
    for (LinkUpdate update : config.set()) {
      assertThat(update.link().joins(id)).as("%s is concerned by %s", id, update.link()).isTrue();
      assertThat(update.revision()).isLessThanOrEqualTo(config.revision());
      if (refused.contains(update.link())) {
        return Optional.of("bad document of " + update.link());
      }
    }
    return Optional.empty();
  }

  private void apply(Config config) {
    if (config.isGroupGone()) {
      disk.remove(config.group());
      keys.drop(config.group());
      memberships.remove(config.group());
      return;
    }
    config.membership().ifPresent(document -> memberships.put(config.group(), document));
    Map<LinkId, Long> links =
        config.complete()
            ? new TreeMap<>()
            : new TreeMap<>(has(config.group()).orElseThrow().links());
    if (config.complete()) {
      keys.drop(config.group());
    }
    config.remove().forEach(links::remove);
    config.remove().forEach(link -> keys.remove(config.group(), link));
    for (LinkUpdate update : config.set()) {
      links.put(update.link(), update.revision());
      keys.set(config.group(), update.link(), update.revision());
    }
    disk.put(config.group(), Have.of(config.revision(), links));
  }
}
