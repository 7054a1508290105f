package io.linkwright.agent.driver.kernel;

import io.linkwright.agent.driver.kernel.KernelObject.Identity;
import io.linkwright.agent.driver.kernel.KernelObject.Peer;
import io.linkwright.domain.address.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is, or is to be, in the kernel's tables; only what is ours. Immutable.
 *
 * @param objects by what they are found by
 */
public record KernelState(SortedMap<ObjectId, KernelObject> objects) {
  /** Nothing. */
  public static final KernelState EMPTY = new KernelState(new TreeMap<>());

  static final Comparator<Cidr> BY_TEXT = Comparator.comparing(Cidr::toString);

  /** Copies the map. */
  public KernelState {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /** Of these rows. */
  public static KernelState of(Collection<? extends KernelObject> objects) {
    SortedMap<ObjectId, KernelObject> byId = new TreeMap<>();
    objects.forEach(object -> byId.put(object.id(), object));
    return new KernelState(byId);
  }

  /** The row, if it is there. */
  public Optional<KernelObject> find(ObjectId id) {
    return Optional.ofNullable(objects.get(id));
  }

  /** This state with these rows added, or put in the place of others. */
  public KernelState and(KernelState more) {
    SortedMap<ObjectId, KernelObject> all = new TreeMap<>(objects);
    all.putAll(more.objects);
    return new KernelState(all);
  }

  /**
   * The same with peers where {@code other} has them. WireGuard follows a peer that moves, so
   * another endpoint is no drift.
   */
  public KernelState withEndpointsOf(KernelState other) {
    SortedMap<ObjectId, KernelObject> moved = new TreeMap<>(objects);
    moved.replaceAll(
        (id, object) ->
            object instanceof Peer peer && other.objects.get(id) instanceof Peer known
                ? peer.at(known.endpoint())
                : object);
    return new KernelState(moved);
  }

  /**
   * What turns this into {@code target}: first what is new or has changed, then what goes, so that
   * the new is there before the old is not.
   */
  public List<Change> changesTo(KernelState target) {
    List<Change> changes = new ArrayList<>();
    target.objects.forEach(
        (id, object) -> {
          Optional<KernelObject> before = find(id);
          if (before.filter(found -> isSatisfiedBy(object, found)).isEmpty()) {
            changes.add(new Change.Put(object, before));
          }
        });
    for (Map.Entry<ObjectId, KernelObject> row :
        new TreeMap<>(objects).descendingMap().entrySet()) {
      if (!target.objects.containsKey(row.getKey())
          && !goesWithItsInterface(row.getValue(), target)) {
        changes.add(new Change.Remove(row.getValue()));
      }
    }
    return changes;
  }

  /** An interface that was left to choose its port has one that nobody asked for. */
  private static boolean isSatisfiedBy(KernelObject wanted, KernelObject found) {
    return wanted.equals(found)
        || (wanted instanceof Identity identity
            && identity.listenPort().isEmpty()
            && found instanceof Identity other
            && identity.privateKey().equals(other.privateKey()));
  }

  /** An interface takes its peers, addresses and routes along. */
  private boolean goesWithItsInterface(KernelObject object, KernelState target) {
    return object
        .diesWith()
        .map(name -> new ObjectId(ObjectId.Kind.INTERFACE, name))
        .filter(id -> objects.containsKey(id) && !target.objects.containsKey(id))
        .isPresent();
  }
}
