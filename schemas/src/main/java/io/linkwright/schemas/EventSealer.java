package io.linkwright.schemas;

import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.LogChain;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serializer;

/** Puts events into the bytes that go to the log, and seals each. Owned by one thread. */
public final class EventSealer {
  private final Serializer<RecordedEvent> serializer;
  private final LogMac mac;
  private final LogChain chain = new LogChain();

  /** Seals with this key. */
  public EventSealer(WireFormat wire, LogKey key) {
    this.serializer = wire.events().serializer();
    this.mac = key.mac();
  }

  /**
   * An event as it goes to the log.
   *
   * @param value of its record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Sealed(byte[] value, EventSeal seal) {}

  /**
   * Events that follow each other.
   *
   * @param before where the chains of their groups stand before them
   */
  public Batch batch(Function<GroupId, LogHead> before) {
    return new Batch(before);
  }

  /** Events that follow each other, and what they bring the chains of their groups to. */
  public final class Batch {
    private final Function<GroupId, LogHead> before;
    private final Map<GroupId, LogHead> heads = new HashMap<>();

    private Batch(Function<GroupId, LogHead> before) {
      this.before = before;
    }

    /**
     * Seals the next event.
     *
     * @throws SchemaRegistryException if the registry does not answer
     */
    public Sealed seal(RecordedEvent event) {
      byte[] value = serializer.serialize(LinkwrightTopics.EVENTS.name(), event);
      byte[] digest = chain.digest(value);
      LogHead known = heads.get(event.group());
      LogHead head = chain.next(known == null ? before.apply(event.group()) : known, digest);
      heads.put(event.group(), head);
      return new Sealed(value, new EventSeal(digest, Optional.of(mac.of(head))));
    }

    /** Where the chains stand after the events so far; of the groups that have one. */
    public Map<GroupId, LogHead> heads() {
      return Map.copyOf(heads);
    }
  }
}
