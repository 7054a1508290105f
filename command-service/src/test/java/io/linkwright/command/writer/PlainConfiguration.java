package io.linkwright.command.writer;

import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.ConfigurationChange;
import io.linkwright.domain.EdgeConfigKey;
import io.linkwright.domain.EdgeConfiguration;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupState;
import io.linkwright.domain.KeySeed;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.SealedSecrets;
import io.linkwright.domain.SignedDocument;
import java.util.List;
import java.util.Optional;

/** Configuration records whose documents are neither sealed nor signed: thousands cost nothing. */
public final class PlainConfiguration implements ConfigurationSource {
  private static final SignedDocument DOCUMENT =
      new SignedDocument(new byte[] {1}, "0123456789abcdef", new byte[64]);
  private static final SealedSecrets SECRETS =
      new SealedSecrets("plain", 1, new byte[] {1}, new byte[12], new byte[] {1});

  @Override
  public List<LogRecord.Configuration> recordsOf(
      RecordedEvent event, GroupState after, KeySeed seed) {
    return ConfigurationChange.of(event.payload()).stream()
        .flatMap(change -> change.edges().stream().map(edge -> record(change, edge, event)))
        .toList();
  }

  private static LogRecord.Configuration record(
      ConfigurationChange change, EdgeId edge, RecordedEvent event) {
    return switch (change) {
      case ConfigurationChange.LinkConfigured(var link) -> {
        EdgeConfigKey key = EdgeConfigKey.ofLink(edge, event.group(), link.id());
        yield set(key, event, Optional.of(SECRETS));
      }
      case ConfigurationChange.LinkWithdrawn(LinkId link) ->
          gone(EdgeConfigKey.ofLink(edge, event.group(), link), event);
      case ConfigurationChange.MembershipConfigured _ ->
          set(EdgeConfigKey.ofMembership(edge, event.group()), event, Optional.empty());
      case ConfigurationChange.MembershipWithdrawn _ ->
          gone(EdgeConfigKey.ofMembership(edge, event.group()), event);
    };
  }

  private static LogRecord.Configuration set(
      EdgeConfigKey key, RecordedEvent event, Optional<SealedSecrets> secrets) {
    return new LogRecord.Configuration(
        key,
        event.revision(),
        Optional.of(new EdgeConfiguration(key, event.revision(), DOCUMENT, secrets)));
  }

  private static LogRecord.Configuration gone(EdgeConfigKey key, RecordedEvent event) {
    return new LogRecord.Configuration(key, event.revision(), Optional.empty());
  }
}
