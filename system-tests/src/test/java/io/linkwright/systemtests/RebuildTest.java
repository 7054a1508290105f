package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.LogRecord;
import io.linkwright.command.writer.SealedConfiguration;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.Decider;
import io.linkwright.domain.group.Decision;
import io.linkwright.domain.group.Evolver;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.SecretOpener;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log alone is enough to make every edge's configuration again, with new secrets. */
@Tag("broker")
final class RebuildTest {
  private static final String GROUP = "rebuilt";
  private static final List<String> EDGES = List.of("ash", "birch", "cedar", "elm", "fir");

  private final Map<EdgeId, EdgeKeys> keys = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path directory;

  @Test
  void aRebuildGivesTheSameConfigurationButForTheSecrets() throws Exception {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    List<RecordedEvent> events;
    Map<EdgeConfigKey, EdgeConfiguration> original;
    try (LinkwrightProcess _ = LinkwrightProcess.up(site)) {
      live(site);
      Log log = new Log(site.bootstrapServers());
      events = log.events();
      original = log.edgeConfigurations();
    }

    Map<EdgeConfigKey, EdgeConfiguration> rebuilt = rebuild(events);

    assertThat(contents(rebuilt)).isNotEmpty().isEqualTo(contents(original));
    for (EdgeConfigKey key : original.keySet()) {
      if (key.link().isPresent()) {
        assertThat(rebuilt.get(key).secrets()).isNotEqualTo(original.get(key).secrets());
        opens(key, rebuilt.get(key).secrets().orElseThrow());
      }
    }
  }

  /** A history with something of everything. */
  private void live(LinkwrightProcess.Site site) {
    try (LinkwrightApi api = new LinkwrightApi(site.server())) {
      Operator operator = new Operator(api);
      operator.createPartialMesh(GROUP, TunnelProtocol.IPSEC);
      for (String edge : EDGES) {
        EdgeKeys own = EdgeKeys.generate();
        keys.put(new EdgeId(edge), own);
        operator.addMember(GROUP, edge, own.publicKeysFor(TunnelProtocol.IPSEC));
      }
      operator.addMember(GROUP, "awaiting");
      operator.addLink(GROUP, "ash", "birch");
      operator.addLink(GROUP, "birch", "cedar");
      operator.addLink(GROUP, "cedar", "elm");
      operator.addLink(GROUP, "elm", "fir");
      operator.addLink(GROUP, "fir", "awaiting");
      operator.removeLink(GROUP, "cedar", "elm");
      api.send(ApiCommand.post(Operator.links(GROUP) + "/ash~birch:rekey", Operator.object()));
      api.send(
          ApiCommand.patch(
              Operator.members(GROUP) + "/cedar",
              Operator.object().put("endpoint", "192.0.2.7:51820").put("name", "Cedar Falls")));
      api.send(ApiCommand.patch("/v1/groups/" + GROUP, Operator.object().put("dualTunnel", false)));
    }
  }

  /** Replays the log; what still stands is configured anew, each link by a rekey. */
  private Map<EdgeConfigKey, EdgeConfiguration> rebuild(List<RecordedEvent> events) {
    SealedConfiguration configurations =
        new SealedConfiguration(
            ControllerKey.generate(),
            new SecretSealer(),
            new WriterMetrics(new SimpleMeterRegistry()));
    GroupState state = GroupState.absent(new GroupId(GROUP));
    Map<EdgeConfigKey, EdgeConfiguration> rebuilt = new HashMap<>();
    for (RecordedEvent event : events) {
      state = Evolver.evolve(state, event);
      if (event.payload() instanceof GroupEvent.MemberAdded
          || event.payload() instanceof GroupEvent.MemberChanged) {
        put(rebuilt, records(configurations, event, state, seed()));
      }
    }
    for (LinkConfiguration link : ((GroupState.Active) state).links().toList()) {
      if (link.isConfigurable()) {
        CommandEnvelope rekey = rekey(link.id());
        for (Decision.Step step : accepted(Decider.decide(state, rekey))) {
          state = step.after();
          put(rebuilt, records(configurations, step.event(), state, rekey.seed()));
        }
      }
    }
    return rebuilt;
  }

  private static List<LogRecord.Configuration> records(
      SealedConfiguration configurations, RecordedEvent event, GroupState after, KeySeed seed) {
    return configurations.signed(configurations.draftOf(event, after, seed).stream().toList());
  }

  private CommandEnvelope rekey(LinkId link) {
    return new CommandEnvelope(
        new GroupCommand.RekeyLink(new GroupId(GROUP), link),
        "rebuild-" + link,
        "rebuild",
        Instant.EPOCH,
        OptionalLong.empty(),
        seed());
  }

  private KeySeed seed() {
    byte[] bytes = new byte[KeySeed.LENGTH_BYTES];
    random.nextBytes(bytes);
    return new KeySeed(bytes);
  }

  private static List<Decision.Step> accepted(Decision decision) {
    return switch (decision) {
      case Decision.Accepted(List<Decision.Step> steps) -> steps;
      case Decision.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private static void put(
      Map<EdgeConfigKey, EdgeConfiguration> rebuilt, List<LogRecord.Configuration> records) {
    records.forEach(record -> rebuilt.put(record.key(), record.value().orElseThrow()));
  }

  private void opens(EdgeConfigKey key, SealedSecrets secrets) throws ProtocolException {
    new SecretOpener(keys.get(key.edge()))
        .open(key.group(), key.edge(), key.link().orElseThrow(), secrets);
  }

  /** The documents, without what a rekey changes. */
  private static Map<String, Object> contents(Map<EdgeConfigKey, EdgeConfiguration> records)
      throws ProtocolException {
    Map<String, Object> contents = new TreeMap<>();
    for (Map.Entry<EdgeConfigKey, EdgeConfiguration> record : records.entrySet()) {
      byte[] document = record.getValue().document().document();
      contents.put(
          record.getKey().toString(),
          record.getKey().link().isPresent()
              ? withoutKeys(Documents.readLink(document).link())
              : Documents.readMembership(document));
    }
    return contents;
  }

  private static LinkConfiguration withoutKeys(LinkConfiguration link) {
    return new LinkConfiguration(
        link.id(),
        link.protocol(),
        1,
        link.endA(),
        link.endB(),
        link.tunnels().stream()
            .map(
                tunnel ->
                    new Tunnel(
                        tunnel.index(),
                        tunnel.endA(),
                        tunnel.endB(),
                        new TunnelKeys.AwaitingEnrollment()))
            .toList());
  }
}
