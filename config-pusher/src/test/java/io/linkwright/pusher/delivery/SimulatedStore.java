package io.linkwright.pusher.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.LinkUpdate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A pusher's copy of the log up to some offset. */
public final class SimulatedStore implements DesiredConfiguration {
  private static final int DOCUMENT_BYTES = 400;

  private final Map<EdgeConfigKey, SimulatedLog.Entry> entries = new HashMap<>();
  private final Map<EdgeConfigKey, Long> revisions = new HashMap<>();
  private final SortedMap<EdgeConfigKey, FormerMembership> former =
      new TreeMap<>(Comparator.comparing(EdgeConfigKey::toString));
  private int position;

  int position() {
    return position;
  }

  public synchronized void apply(SimulatedLog.Entry entry) {
    EdgeConfigKey key = entry.key();
    if (entry.tombstone()) {
      Optional.ofNullable(entries.remove(key))
          .flatMap(SimulatedLog.Entry::identity)
          .ifPresent(
              identity ->
                  former.put(key, new FormerMembership(key.group(), identity, entry.revision())));
    } else {
      entries.put(key, entry);
    }
    revisions.merge(
        EdgeConfigKey.ofMembership(key.edge(), key.group()), entry.revision(), Math::max);
    position++;
  }

  @Override
  public synchronized List<GroupId> groups(EdgeId edge) {
    return entries.keySet().stream()
        .filter(key -> key.edge().equals(edge) && key.link().isEmpty())
        .map(EdgeConfigKey::group)
        .sorted()
        .toList();
  }

  @Override
  public synchronized Lookup<Membership> membership(EdgeId edge, GroupId group) {
    SimulatedLog.Entry entry = entries.get(EdgeConfigKey.ofMembership(edge, group));
    return entry == null
        ? new Lookup.Absent<>()
        : new Lookup.Present<>(
            new Membership(entry.identity().orElseThrow(), entry.revision(), document(entry)));
  }

  @Override
  public synchronized List<FormerMembership> formerMemberships(EdgeId edge) {
    return former.entrySet().stream()
        .filter(entry -> entry.getKey().edge().equals(edge))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public synchronized Lookup<LinkUpdate> link(EdgeId edge, GroupId group, LinkId link) {
    SimulatedLog.Entry entry = entries.get(EdgeConfigKey.ofLink(edge, group, link));
    return entry == null
        ? new Lookup.Absent<>()
        : new Lookup.Present<>(
            new LinkUpdate(link, entry.revision(), document(entry), secrets(entry)));
  }

  @Override
  public synchronized SortedMap<LinkId, Long> linkRevisions(EdgeId edge, GroupId group) {
    SortedMap<LinkId, Long> links = new TreeMap<>();
    entries.forEach(
        (key, entry) -> {
          if (key.edge().equals(edge) && key.group().equals(group)) {
            key.link().ifPresent(link -> links.put(link, entry.revision()));
          }
        });
    return links;
  }

  @Override
  public synchronized long revision(EdgeId edge, GroupId group) {
    return revisions.getOrDefault(EdgeConfigKey.ofMembership(edge, group), 0L);
  }

  private static SignedDocument document(SimulatedLog.Entry entry) {
    byte[] bytes = new byte[DOCUMENT_BYTES];
    byte[] text = entry.toString().getBytes(UTF_8);
    System.arraycopy(text, 0, bytes, 0, Math.min(text.length, bytes.length));
    return new SignedDocument(bytes, "0123456789abcdef", new byte[64]);
  }

  private static SealedSecrets secrets(SimulatedLog.Entry entry) {
    return new SealedSecrets(
        "simulated", (int) entry.revision(), new byte[64], new byte[12], new byte[80]);
  }
}
