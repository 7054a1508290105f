package io.linkwright.command.writer;

import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.ConfigurationChange;
import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.domain.EdgeConfiguration;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupEvent;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupState;
import io.linkwright.domain.KeySeed;
import io.linkwright.domain.LinkConfiguration;
import io.linkwright.domain.LinkDocument;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.LinkSecrets;
import io.linkwright.domain.Member;
import io.linkwright.domain.MemberKeys;
import io.linkwright.domain.MembershipDocument;
import io.linkwright.domain.PublicKey;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.SealedSecrets;
import io.linkwright.domain.SignedDocument;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.edgeprotocol.SecretsDigest;
import java.util.List;
import java.util.Optional;

/**
 * Makes configuration records as the edges take them: a link's secrets derived from the command's
 * seed and sealed for each end, the digests of both in one document that is signed once, a
 * membership signed without secrets, tombstones for what is gone (design decision 8). Owned by one
 * writer's thread, as its sealer is.
 */
public final class SealedConfiguration implements ConfigurationSource {
  private final ControllerKey signingKey;
  private final SecretSealer sealer;
  private final WriterMetrics metrics;

  /** With a sealer of its own. */
  public SealedConfiguration(ControllerKey signingKey, SecretSealer sealer, WriterMetrics metrics) {
    this.signingKey = signingKey;
    this.sealer = sealer;
    this.metrics = metrics;
  }

  @Override
  public List<LogRecord.Configuration> recordsOf(
      RecordedEvent event, GroupState after, KeySeed seed) {
    List<LogRecord.Configuration> records =
        ConfigurationChange.of(event.payload())
            .map(change -> recordsOf(change, event, after, seed))
            .orElse(List.of());
    switch (event.payload()) {
      case GroupEvent.LinkAdded _,
          GroupEvent.LinkChanged _,
          GroupEvent.LinkSuspended _,
          GroupEvent.LinkRemoved _ ->
          metrics.linkChange(records.size());
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.MemberAdded _,
          GroupEvent.MemberChanged _,
          GroupEvent.MemberRevoked _,
          GroupEvent.MemberRemoved _ -> {}
    }
    return records;
  }

  private List<LogRecord.Configuration> recordsOf(
      ConfigurationChange change, RecordedEvent event, GroupState after, KeySeed seed) {
    return switch (change) {
      case ConfigurationChange.LinkConfigured(LinkConfiguration link) ->
          configured(link, event, after, seed);
      case ConfigurationChange.LinkWithdrawn(LinkId link) ->
          link.edges().stream()
              .map(edge -> withdrawn(EdgeConfigKey.ofLink(edge, event.group(), link), event))
              .toList();
      case ConfigurationChange.MembershipConfigured(Member member) ->
          List.of(membership(member, event));
      case ConfigurationChange.MembershipWithdrawn(EdgeId edge) ->
          List.of(withdrawn(EdgeConfigKey.ofMembership(edge, event.group()), event));
    };
  }

  private List<LogRecord.Configuration> configured(
      LinkConfiguration link, RecordedEvent event, GroupState after, KeySeed seed) {
    GroupId group = event.group();
    EdgeId edgeA = link.id().edgeA();
    EdgeId edgeB = link.id().edgeB();
    LinkSecrets secrets =
        LinkSecrets.derive(
            seed, link.id(), link.keyVersion(), link.protocol(), link.tunnels().size());
    SealedSecrets sealedA = sealer.seal(group, edgeA, sealingKey(after, edgeA), secrets);
    SealedSecrets sealedB = sealer.seal(group, edgeB, sealingKey(after, edgeB), secrets);
    SignedDocument document =
        signingKey.sign(
            Documents.write(
                new LinkDocument(
                    group,
                    event.revision(),
                    link,
                    SecretsDigest.of(sealedA),
                    SecretsDigest.of(sealedB))));
    return List.of(
        record(EdgeConfigKey.ofLink(edgeA, group, link.id()), event, document, sealedA),
        record(EdgeConfigKey.ofLink(edgeB, group, link.id()), event, document, sealedB));
  }

  private LogRecord.Configuration membership(Member member, RecordedEvent event) {
    MembershipDocument document =
        new MembershipDocument(
            event.group(),
            event.revision(),
            member.edge(),
            member.name(),
            member.keys().orElseThrow().identity(),
            member.overlayAddresses());
    EdgeConfigKey key = EdgeConfigKey.ofMembership(member.edge(), event.group());
    return new LogRecord.Configuration(
        key,
        event.revision(),
        Optional.of(
            new EdgeConfiguration(
                key,
                event.revision(),
                signingKey.sign(Documents.write(document)),
                Optional.empty())));
  }

  private static LogRecord.Configuration record(
      EdgeConfigKey key, RecordedEvent event, SignedDocument document, SealedSecrets secrets) {
    return new LogRecord.Configuration(
        key,
        event.revision(),
        Optional.of(new EdgeConfiguration(key, event.revision(), document, Optional.of(secrets))));
  }

  private static LogRecord.Configuration withdrawn(EdgeConfigKey key, RecordedEvent event) {
    return new LogRecord.Configuration(key, event.revision(), Optional.empty());
  }

  /** A configurable link has two enrolled ends. */
  private static PublicKey sealingKey(GroupState group, EdgeId edge) {
    return switch (group) {
      case GroupState.Active active ->
          active.member(edge).flatMap(Member::keys).map(MemberKeys::sealing).orElseThrow();
      case GroupState.Absent absent ->
          throw new IllegalStateException("%s has no members".formatted(absent));
    };
  }
}
