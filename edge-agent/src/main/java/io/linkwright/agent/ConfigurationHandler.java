package io.linkwright.agent;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.agent.configuration.VerifiedLink;
import io.linkwright.agent.store.ConfigurationStore;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a configuration all the way: verified, recorded, run, acknowledged; or refused, with
 * everything as it was. Owned by the agent's serial executor.
 */
final class ConfigurationHandler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationHandler.class);

  private final EdgeId edge;
  private final ConfigurationVerifier verifier;
  private final ConfigurationStore store;
  private final TunnelDriver driver;
  private final AgentListener listener;

  /** Groups that are held, but that the driver did not take when the agent started. */
  private final Set<GroupId> notRunning = new HashSet<>();

  ConfigurationHandler(
      EdgeId edge,
      ConfigurationVerifier verifier,
      ConfigurationStore store,
      TunnelDriver driver,
      AgentListener listener) {
    this.edge = edge;
    this.verifier = verifier;
    this.store = store;
    this.driver = driver;
    this.listener = listener;
  }

  SortedMap<GroupId, Have> have() {
    return store.state().have();
  }

  List<GroupId> groups() {
    return store.state().groups().stream().map(HeldGroup::id).toList();
  }

  boolean isMember(GroupId group) {
    return store.state().group(group).isPresent();
  }

  /** Runs what was on disk. Called once before the first configuration. */
  void resume() {
    store.state().groups().forEach(group -> notRunning.add(group.id()));
    retryResume();
  }

  /** Tries once more to run what the driver has refused to resume. */
  void retryResume() {
    for (GroupId group : List.copyOf(notRunning)) {
      if (resume(group) instanceof ApplyResult.Failed(String reason)) {
        LOG.warn("edge={} group={} not resumed: {}", edge, group, reason);
      }
    }
  }

  /** The answer to a configuration. */
  EdgeMessage handle(Config config) {
    return switch (verifier.check(store.state(), config)) {
      case Verdict.Refused(String reason) -> refuse(config, reason);
      case Verdict.Unchanged() -> acknowledge(config);
      case Verdict.Accepted(Plan plan) -> adopt(config, plan);
    };
  }

  /** Keeps the disk tidy; to be called when the answer is on its way. */
  void tidy() {
    try {
      store.rewriteIfGrown();
    } catch (IOException failed) {
      LOG.warn("edge={} configuration not rewritten: {}", edge, failed.toString());
    }
  }

  private EdgeMessage adopt(Config config, Plan plan) {
    if (resume(config.group()) instanceof ApplyResult.Failed(String reason)) {
      return refuse(config, reason);
    }
    ConfigurationStore.Mark before;
    try {
      before = store.append(plan);
    } catch (IOException failed) {
      return refuse(config, "the configuration cannot be kept on disk: " + failed.getMessage());
    }
    return switch (apply(plan, before)) {
      case ApplyResult.Failed(String reason) -> {
        undo(before);
        yield refuse(config, reason);
      }
      case ApplyResult.Applied() -> {
        store.state().apply(plan);
        listener.applied(applied(plan));
        yield acknowledge(config);
      }
    };
  }

  private ApplyResult apply(Plan plan, ConfigurationStore.Mark before) {
    try {
      return driver.apply(plan.tunnels());
    } catch (RuntimeException bug) {
      undo(before);
      throw bug;
    }
  }

  private void undo(ConfigurationStore.Mark before) {
    try {
      store.undo(before);
    } catch (IOException failed) {
      LOG.warn("edge={} refused configuration not taken back: {}", edge, failed.toString());
    }
  }

  private AgentListener.Applied applied(Plan plan) {
    return switch (plan) {
      case Plan.Change(GroupId group, long revision, _, List<VerifiedLink> set, var remove) ->
          new AgentListener.Applied(
              edge, group, revision, set.stream().map(link -> link.held().id()).toList(), remove);
      case Plan.Drop(GroupId group, long revision, List<LinkId> links) ->
          new AgentListener.Applied(edge, group, revision, List.of(), links);
    };
  }

  private EdgeMessage acknowledge(Config config) {
    return new Ack(config.nonce(), config.group(), config.revision());
  }

  private EdgeMessage refuse(Config config, String reason) {
    LOG.warn(
        "edge={} group={} revision={} refused: {}",
        edge,
        config.group(),
        config.revision(),
        reason);
    listener.refused(edge, config.group(), config.revision(), reason);
    return new Nack(config.nonce(), config.group(), config.revision(), reason);
  }

  private ApplyResult resume(GroupId id) {
    if (!notRunning.contains(id)) {
      return new ApplyResult.Applied();
    }
    ApplyResult result = driver.apply(allOf(store.state().group(id).orElseThrow()));
    if (result instanceof ApplyResult.Applied) {
      notRunning.remove(id);
    }
    return result;
  }

  private TunnelPlan allOf(HeldGroup group) {
    List<TunnelPlan.PeerLink> links = new ArrayList<>();
    for (HeldLink held : group.links().values()) {
      try {
        links.add(verifier.reopen(held).peerLink());
      } catch (ProtocolException impossible) {
        throw new IllegalStateException("what was verified before does not open", impossible);
      }
    }
    return TunnelPlan.of(group.id(), links, List.of());
  }

  @Override
  public void close() {
    driver.close();
    try {
      store.close();
    } catch (IOException failed) {
      LOG.warn("edge={} configuration not closed: {}", edge, failed.toString());
    }
  }
}
