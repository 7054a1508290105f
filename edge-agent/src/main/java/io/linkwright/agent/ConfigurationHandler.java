package io.linkwright.agent;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.KeyChanges;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.agent.store.ConfigurationStore;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** Groups that are held but not running since the agent started; steps that the driver took. */
  private final Map<GroupId, Integer> resuming = new HashMap<>();

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
    store.state().groups().forEach(group -> resuming.put(group.id(), 0));
    retryResume();
  }

  /** Tries once more to run what the driver has refused to resume. */
  void retryResume() {
    for (GroupId group : List.copyOf(resuming.keySet())) {
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

  /** The links whose keys are changing, for the next report. */
  List<KeyChange> keyChanges(GroupId group) {
    return store.state().group(group).map(HeldGroup::keyChanges).orElse(List.of());
  }

  /**
   * Takes the next step of links whose keys are changing. What fails is tried again when the server
   * says so again: until then both ends have the keys they use.
   */
  void handle(ChangeOver message) {
    Optional<Plan> step = KeyChanges.plan(store.state(), message);
    if (step.isPresent() && adopt(step.get()) instanceof ApplyResult.Failed(String reason)) {
      LOG.warn("edge={} group={} keys not changed over: {}", edge, message.group(), reason);
    }
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
    return switch (adopt(plan)) {
      case ApplyResult.Failed(String reason) -> refuse(config, reason);
      case ApplyResult.Applied() -> {
        listener.applied(applied(config, plan));
        yield acknowledge(config);
      }
    };
  }

  /** Recorded and run, or neither. */
  private ApplyResult adopt(Plan plan) {
    if (resume(plan.group()) instanceof ApplyResult.Failed failed) {
      return failed;
    }
    ConfigurationStore.Mark before;
    try {
      before = store.append(plan);
    } catch (IOException failed) {
      return new ApplyResult.Failed(
          "the configuration cannot be kept on disk: " + failed.getMessage());
    }
    ApplyResult result = apply(plan, before);
    switch (result) {
      case ApplyResult.Failed _ -> undo(before);
      case ApplyResult.Applied() -> store.state().apply(plan);
    }
    return result;
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

  private AgentListener.Applied applied(Config config, Plan plan) {
    List<LinkId> set =
        plan.tunnels().set().stream().map(link -> link.configuration().link()).toList();
    return new AgentListener.Applied(
        edge, config.group(), config.revision(), set, plan.tunnels().remove());
  }

  private EdgeMessage acknowledge(Config config) {
    SortedMap<LinkId, Long> sending = new TreeMap<>();
    for (LinkUpdate update : config.set()) {
      store
          .state()
          .group(config.group())
          .map(group -> group.changing().get(update.link()))
          .ifPresent(keys -> sending.put(update.link(), keys.sending()));
    }
    return new Ack(config.nonce(), config.group(), config.revision(), sending);
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
    if (!resuming.containsKey(id)) {
      return new ApplyResult.Applied();
    }
    List<TunnelPlan> steps = Resumption.steps(store.state().group(id).orElseThrow(), verifier);
    for (int done = resuming.get(id); done < steps.size(); done++) {
      if (driver.apply(steps.get(done)) instanceof ApplyResult.Failed failed) {
        return failed;
      }
      resuming.put(id, done + 1);
    }
    resuming.remove(id);
    return new ApplyResult.Applied();
  }

  /** Every part is closed, whatever becomes of the others. */
  @Override
  public void close() {
    try {
      driver.close();
    } catch (RuntimeException bug) {
      LOG.error("edge={} driver not closed", edge, bug);
    }
    try {
      store.close();
    } catch (IOException failed) {
      LOG.warn("edge={} configuration not closed: {}", edge, failed.toString());
    }
  }
}
