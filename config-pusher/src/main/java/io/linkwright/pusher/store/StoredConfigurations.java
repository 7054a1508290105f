package io.linkwright.pusher.store;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.pusher.delivery.DesiredConfiguration;
import io.linkwright.pusher.delivery.FormerMembership;
import io.linkwright.pusher.delivery.Lookup;
import io.linkwright.pusher.delivery.Membership;
import io.linkwright.schemas.LinkwrightTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store as sessions read it: decoded when it is asked for, so only for edges that are
 * connected. Thread-safe.
 */
public final class StoredConfigurations implements DesiredConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(StoredConfigurations.class);

  private final ConfigStore store;
  private final Deserializer<EdgeConfiguration> deserializer;

  /** Over a store, with what its values are read by. */
  public StoredConfigurations(ConfigStore store, Deserializer<EdgeConfiguration> deserializer) {
    this.store = store;
    this.deserializer = deserializer;
  }

  @Override
  public List<GroupId> groups(EdgeId edge) {
    return store.memberships(edge);
  }

  @Override
  public Lookup<Membership> membership(EdgeId edge, GroupId group) {
    return switch (find(EdgeConfigKey.ofMembership(edge, group))) {
      case Lookup.Absent<EdgeConfiguration>() -> new Lookup.Absent<>();
      case Lookup.Unreadable<EdgeConfiguration>(String error) -> new Lookup.Unreadable<>(error);
      case Lookup.Present<EdgeConfiguration>(EdgeConfiguration found) -> membership(found);
    };
  }

  private static Lookup<Membership> membership(EdgeConfiguration found) {
    try {
      MembershipDocument document = Documents.readMembership(found.document().document());
      return new Lookup.Present<>(
          new Membership(document.identity(), found.revision(), found.document()));
    } catch (ProtocolException malformed) {
      return unreadable("the membership of %s: %s".formatted(found.key(), malformed.getMessage()));
    }
  }

  /** What cannot be read any more proves nobody. */
  @Override
  public List<FormerMembership> formerMemberships(EdgeId edge) {
    List<FormerMembership> former = new ArrayList<>();
    store
        .formerMemberships(edge)
        .forEach(
            (group, stored) -> {
              try {
                EdgeConfiguration found =
                    deserializer.deserialize(LinkwrightTopics.EDGE_CONFIG.name(), stored.bytes());
                if (membership(found) instanceof Lookup.Present<Membership>(Membership then)) {
                  former.add(new FormerMembership(group, then.identity(), stored.revision()));
                }
              } catch (SerializationException | IllegalArgumentException unreadable) {
                LOG.warn(
                    "former membership passed over edge={} group={} reason={}",
                    edge,
                    group,
                    unreadable.getMessage());
              }
            });
    return former;
  }

  @Override
  public Lookup<LinkUpdate> link(EdgeId edge, GroupId group, LinkId link) {
    return switch (find(EdgeConfigKey.ofLink(edge, group, link))) {
      case Lookup.Absent<EdgeConfiguration>() -> new Lookup.Absent<>();
      case Lookup.Unreadable<EdgeConfiguration>(String error) -> new Lookup.Unreadable<>(error);
      case Lookup.Present<EdgeConfiguration>(EdgeConfiguration found) ->
          new Lookup.Present<>(
              new LinkUpdate(
                  link, found.revision(), found.document(), found.secrets().orElseThrow()));
    };
  }

  @Override
  public SortedMap<LinkId, Long> linkRevisions(EdgeId edge, GroupId group) {
    return store.linkRevisions(edge, group);
  }

  @Override
  public long revision(EdgeId edge, GroupId group) {
    return store.revision(edge, group);
  }

  private Lookup<EdgeConfiguration> find(EdgeConfigKey key) {
    Optional<StoredValue> stored = store.find(key);
    if (stored.isEmpty()) {
      return new Lookup.Absent<>();
    }
    try {
      EdgeConfiguration found =
          deserializer.deserialize(LinkwrightTopics.EDGE_CONFIG.name(), stored.get().bytes());
      return checked(key, stored.get(), found);
    } catch (SerializationException | IllegalArgumentException unreadable) {
      return unreadable(
          "the record of %s cannot be read: %s".formatted(key, unreadable.getMessage()));
    }
  }

  /** A record that says something else than its key and header do would be delivered amiss. */
  private static Lookup<EdgeConfiguration> checked(
      EdgeConfigKey key, StoredValue stored, EdgeConfiguration found) {
    if (!found.key().equals(key)) {
      return unreadable("the record of %s is about %s".formatted(key, found.key()));
    }
    if (found.revision() != stored.revision()) {
      return unreadable(
          "the record of %s has revision %d and %d in its header"
              .formatted(key, found.revision(), stored.revision()));
    }
    return new Lookup.Present<>(found);
  }

  /** Seldom and never for long: whoever is told holds the record back and tries again later. */
  private static <T> Lookup<T> unreadable(String error) {
    LOG.warn("record withheld reason={}", error);
    return new Lookup.Unreadable<>(error);
  }
}
