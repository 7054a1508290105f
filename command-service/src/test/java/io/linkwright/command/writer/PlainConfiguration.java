package io.linkwright.command.writer;

import io.linkwright.command.log.LogRecord;
import io.linkwright.command.writer.ConfigurationDraft.Recipient;
import io.linkwright.command.writer.ConfigurationDraft.Unsigned;
import io.linkwright.command.writer.ConfigurationDraft.Withdrawn;
import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Configuration records whose documents are neither sealed nor signed: thousands cost nothing. */
public class PlainConfiguration implements ConfigurationSource {
  private static final SignedDocument DOCUMENT =
      new SignedDocument(new byte[] {1}, "0123456789abcdef", new byte[64]);
  private static final SealedSecrets SECRETS =
      new SealedSecrets("plain", 1, new byte[] {1}, new byte[12], new byte[] {1});

  @Override
  public Optional<ConfigurationDraft> draftOf(RecordedEvent event, GroupState after, KeySeed seed) {
    return ConfigurationChange.of(event.payload()).map(change -> draft(change, event));
  }

  private static ConfigurationDraft draft(ConfigurationChange change, RecordedEvent event) {
    return switch (change) {
      case ConfigurationChange.LinkConfigured(var link) ->
          new Unsigned(
              event.revision(),
              DOCUMENT.document(),
              keys(link.id(), event).stream()
                  .map(key -> new Recipient(key, Optional.of(SECRETS)))
                  .toList());
      case ConfigurationChange.LinkWithdrawn(LinkId link) ->
          new Withdrawn(event.revision(), keys(link, event));
      case ConfigurationChange.MembershipConfigured(var member) ->
          new Unsigned(
              event.revision(),
              DOCUMENT.document(),
              List.of(
                  new Recipient(
                      EdgeConfigKey.ofMembership(member.edge(), event.group()), Optional.empty())));
      case ConfigurationChange.MembershipWithdrawn(var edge) ->
          new Withdrawn(event.revision(), List.of(EdgeConfigKey.ofMembership(edge, event.group())));
    };
  }

  private static List<EdgeConfigKey> keys(LinkId link, RecordedEvent event) {
    return link.edges().stream()
        .map(edge -> EdgeConfigKey.ofLink(edge, event.group(), link))
        .toList();
  }

  @Override
  public List<LogRecord.Configuration> signed(List<ConfigurationDraft> drafts) {
    return drafts.stream().flatMap(PlainConfiguration::records).toList();
  }

  private static Stream<LogRecord.Configuration> records(ConfigurationDraft draft) {
    return switch (draft) {
      case Unsigned(long revision, _, List<Recipient> recipients) ->
          recipients.stream()
              .map(
                  to ->
                      new LogRecord.Configuration(
                          to.key(),
                          revision,
                          Optional.of(
                              new EdgeConfiguration(to.key(), revision, DOCUMENT, to.secrets()))));
      case Withdrawn(long revision, List<EdgeConfigKey> keys) ->
          keys.stream().map(key -> new LogRecord.Configuration(key, revision, Optional.empty()));
    };
  }
}
