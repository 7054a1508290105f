package io.linkwright.domain;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What stands on {@code linkwright.edge-config} after a sequence of events, of one group or of
 * many: which keys, since which event, and what is configured, secrets apart. A tombstone leaves
 * nothing. Owned by the thread that replays.
 */
public final class ConfigurationReplay {
  private final Map<EdgeConfigKey, Entry> entries = new HashMap<>();

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

  private void apply(ConfigurationChange change, RecordedEvent event, EdgeId edge) {
    switch (change) {
      case ConfigurationChange.LinkConfigured(LinkConfiguration link) ->
          entries.put(
              EdgeConfigKey.ofLink(edge, event.group(), link.id()),
              new Entry.LinkEntry(event.revision(), link));
      case ConfigurationChange.LinkWithdrawn(LinkId link) ->
          entries.remove(EdgeConfigKey.ofLink(edge, event.group(), link));
      case ConfigurationChange.MembershipConfigured(Member member) ->
          entries.put(
              EdgeConfigKey.ofMembership(edge, event.group()),
              new Entry.MembershipEntry(event.revision(), member));
      case ConfigurationChange.MembershipWithdrawn(EdgeId withdrawn) ->
          entries.remove(EdgeConfigKey.ofMembership(withdrawn, event.group()));
    }
  }
}
