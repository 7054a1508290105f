package io.linkwright.command.writer;

import io.linkwright.command.log.LogRecord;
import io.linkwright.command.writer.ConfigurationDraft.Recipient;
import io.linkwright.command.writer.ConfigurationDraft.Unsigned;
import io.linkwright.command.writer.ConfigurationDraft.Withdrawn;
import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.edgeprotocol.SecretsDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Makes configuration records as the edges take them: a link's secrets derived from the command's
 * seed and sealed for each end, the digests of both in one document, a membership's document
 * without secrets, tombstones for what is gone. A transaction's documents share one signature
 * (docs/decisions/0028). Owned by one writer's thread, as its sealer is.
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
  public Optional<ConfigurationDraft> draftOf(RecordedEvent event, GroupState after, KeySeed seed) {
    Optional<ConfigurationDraft> draft =
        ConfigurationChange.of(event.payload()).map(change -> draftOf(change, event, after, seed));
    switch (event.payload()) {
      case GroupEvent.LinkAdded _,
          GroupEvent.LinkChanged _,
          GroupEvent.LinkSuspended _,
          GroupEvent.LinkRemoved _ ->
          metrics.linkChange(draft.map(ConfigurationDraft::recordCount).orElse(0));
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.GroupRecovered _,
          GroupEvent.MemberAdded _,
          GroupEvent.MemberChanged _,
          GroupEvent.MemberRevoked _,
          GroupEvent.MemberRemoved _ -> {}
    }
    return draft;
  }

  private ConfigurationDraft draftOf(
      ConfigurationChange change, RecordedEvent event, GroupState after, KeySeed seed) {
    return switch (change) {
      case ConfigurationChange.LinkConfigured(LinkConfiguration link) ->
          configured(link, event, after, seed);
      case ConfigurationChange.LinkWithdrawn(LinkId link) ->
          new Withdrawn(
              event.revision(),
              link.edges().stream()
                  .map(edge -> EdgeConfigKey.ofLink(edge, event.group(), link))
                  .toList());
      case ConfigurationChange.MembershipConfigured(Member member) -> membership(member, event);
      case ConfigurationChange.MembershipWithdrawn(EdgeId edge) ->
          new Withdrawn(event.revision(), List.of(EdgeConfigKey.ofMembership(edge, event.group())));
    };
  }

  private Unsigned configured(
      LinkConfiguration link, RecordedEvent event, GroupState after, KeySeed seed) {
    GroupId group = event.group();
    EdgeId edgeA = link.id().edgeA();
    EdgeId edgeB = link.id().edgeB();
    LinkSecrets secrets =
        LinkSecrets.derive(
            seed, link.id(), link.keyVersion(), link.protocol(), link.tunnels().size());
    SealedSecrets sealedA = sealer.seal(group, edgeA, sealingKey(after, edgeA), secrets);
    SealedSecrets sealedB = sealer.seal(group, edgeB, sealingKey(after, edgeB), secrets);
    LinkDocument document =
        new LinkDocument(
            group, event.revision(), link, SecretsDigest.of(sealedA), SecretsDigest.of(sealedB));
    return new Unsigned(
        event.revision(),
        Documents.write(document),
        List.of(
            new Recipient(EdgeConfigKey.ofLink(edgeA, group, link.id()), Optional.of(sealedA)),
            new Recipient(EdgeConfigKey.ofLink(edgeB, group, link.id()), Optional.of(sealedB))));
  }

  private static Unsigned membership(Member member, RecordedEvent event) {
    MembershipDocument document =
        new MembershipDocument(
            event.group(),
            event.revision(),
            member.edge(),
            member.name(),
            member.keys().orElseThrow().identity(),
            member.overlayAddresses());
    EdgeConfigKey key = EdgeConfigKey.ofMembership(member.edge(), event.group());
    return new Unsigned(
        event.revision(), Documents.write(document), List.of(new Recipient(key, Optional.empty())));
  }

  /** One signature covers the documents of all drafts. */
  @Override
  public List<LogRecord.Configuration> signed(List<ConfigurationDraft> drafts) {
    List<byte[]> documents = new ArrayList<>(drafts.size());
    for (ConfigurationDraft draft : drafts) {
      switch (draft) {
        case Unsigned unsigned -> documents.add(unsigned.document());
        case Withdrawn _ -> {}
      }
    }
    Iterator<SignedDocument> signed = signingKey.signAll(documents).iterator();
    List<LogRecord.Configuration> records = new ArrayList<>(2 * drafts.size());
    for (ConfigurationDraft draft : drafts) {
      switch (draft) {
        case Unsigned(long revision, _, List<Recipient> recipients) -> {
          SignedDocument document = signed.next();
          recipients.forEach(recipient -> records.add(record(recipient, revision, document)));
        }
        case Withdrawn(long revision, List<EdgeConfigKey> keys) ->
            keys.forEach(
                key -> records.add(new LogRecord.Configuration(key, revision, Optional.empty())));
      }
    }
    return records;
  }

  private static LogRecord.Configuration record(
      Recipient recipient, long revision, SignedDocument document) {
    EdgeConfigKey key = recipient.key();
    return new LogRecord.Configuration(
        key,
        revision,
        Optional.of(new EdgeConfiguration(key, revision, document, recipient.secrets())));
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
