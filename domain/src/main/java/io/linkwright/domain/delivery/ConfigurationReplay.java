package io.linkwright.domain.delivery;

import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands on {@code linkwright.edge-config} after a sequence of events, of one group or of
 * many: which keys, since which event, and what is configured, secrets apart; and since when a key
 * is withdrawn. Owned by the thread that replays.
 */
public final class ConfigurationReplay {
  private final Map<EdgeConfigKey, Entry> entries = new HashMap<>();
  private final Map<EdgeConfigKey, Long> withdrawals = new HashMap<>();

  /** What stands at a key. */
  public sealed interface Entry {

    /** The revision of the event that put it there. */
    long revision();

    /** A link, to be run by the edge of the key. */
    record LinkEntry(long revision, LinkConfiguration link) implements Entry {}

    /** The membership of the key's edge. */
    record MembershipEntry(long revision, Member member) implements Entry {}
  }

  /** Takes the next event; those of one group come in the order of their revisions. */
  public void apply(RecordedEvent event) {
    ConfigurationChange.of(event.payload())
        .ifPresent(change -> change.edges().forEach(edge -> apply(change, event, edge)));
  }

  /** What stands now: a view, not to be changed, that follows what is applied. */
  public Map<EdgeConfigKey, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /**
   * Keys that have a tombstone, or had one until it was compacted away, by the revision that called
   * for it: a view as {@link #entries()} is.
   */
  public Map<EdgeConfigKey, Long> withdrawals() {
    return Collections.unmodifiableMap(withdrawals);
  }

  private void apply(ConfigurationChange change, RecordedEvent event, EdgeId edge) {
    long revision = event.revision();
    switch (change) {
      case ConfigurationChange.LinkConfigured(LinkConfiguration link) ->
          configured(
              EdgeConfigKey.ofLink(edge, event.group(), link.id()),
              new Entry.LinkEntry(revision, link));
      case ConfigurationChange.LinkWithdrawn(LinkId link) ->
          withdrawn(EdgeConfigKey.ofLink(edge, event.group(), link), revision);
      case ConfigurationChange.MembershipConfigured(Member member) ->
          configured(
              EdgeConfigKey.ofMembership(edge, event.group()),
              new Entry.MembershipEntry(revision, member));
      case ConfigurationChange.MembershipWithdrawn _ ->
          withdrawn(EdgeConfigKey.ofMembership(edge, event.group()), revision);
    }
  }

  private void configured(EdgeConfigKey key, Entry entry) {
    entries.put(key, entry);
    withdrawals.remove(key);
  }

  private void withdrawn(EdgeConfigKey key, long revision) {
    entries.remove(key);
    withdrawals.put(key, revision);
  }
}
