package io.linkwright.agent.driver;

import io.linkwright.agent.driver.DesiredRows.Draft;
import io.linkwright.agent.driver.RunningLinks.Place;
import io.linkwright.agent.driver.kernel.Change;
import io.linkwright.agent.driver.kernel.Kernel;
import io.linkwright.agent.driver.kernel.KernelException;
import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.KernelState;
import io.linkwright.agent.driver.kernel.KernelView;
import io.linkwright.agent.driver.kernel.ObjectId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's tables as the driver believes them to be, and as it wants them. Owned by the
 * driver's lock.
 */
final class KernelTables {
  private static final Logger LOG = LoggerFactory.getLogger(KernelTables.class);

  private final Kernel kernel;
  private final SaKeys keys;
  private final DesiredRows desired = new DesiredRows();

  /** What is there, desired or not; unknown at first, and after a failure that went uncorrected. */
  private Optional<SortedMap<ObjectId, KernelObject>> believed = Optional.empty();

  /** What an earlier run of the agent has left, as far as no link of this run has claimed it. */
  private final SortedMap<ObjectId, KernelObject> leftovers = new TreeMap<>();

  /** What a plan was to make that was refused and could not be undone yet. */
  private KernelState attempted = KernelState.EMPTY;

  private boolean hasLooked;

  KernelTables(Kernel kernel, SaKeys keys) {
    this.kernel = kernel;
    this.keys = keys;
  }

  /**
   * Makes the kernel as these links want it, or leaves it as it was.
   *
   * @param links what each is to want from now on; nothing if it is to go
   * @throws LinkRefusedException if links exclude each other
   * @throws KernelException if the kernel refuses; what happened until then is undone
   */
  void moveTo(Map<Place, SortedMap<ObjectId, KernelObject>> links)
      throws LinkRefusedException, KernelException {
    Draft draft = desired.draft(links);
    if (!draft.conflicts().isEmpty()) {
      throw new LinkRefusedException(String.join("; ", draft.conflicts()));
    }
    KernelState after = draft.state();
    if (believed.isEmpty() || needsInterface(believed.get(), after)) {
      believed = Optional.of(new TreeMap<>(read(after).objects()));
    }
    SortedMap<ObjectId, KernelObject> present = believed.get();
    List<Change> changes = part(present, draft).changesTo(after);
    List<Change> made;
    try {
      made = make(changes);
    } catch (KernelException refused) {
      believed = restored(new KernelState(present), after);
      throw refused;
    }
    desired.commit(draft);
    leftovers.keySet().removeAll(draft.touched());
    present.keySet().removeAll(draft.touched());
    present.putAll(without(leftOut(changes, made), after));
    if (changes.stream().anyMatch(KernelTables::removesInterface)) {
      forgetWhatWentAlong(present);
    }
  }

  /**
   * Makes the kernel as it should be, and removes all of ours that should not be.
   *
   * @return what had to be changed
   * @throws KernelException if the kernel refuses
   */
  List<Change> repair() throws KernelException {
    leftovers.clear();
    return repairOurs();
  }

  /**
   * The same, but keeps what an earlier run has left.
   *
   * @return what had to be changed
   * @throws KernelException if the kernel refuses
   */
  List<Change> repairOurs() throws KernelException {
    KernelState wanted = desired.state();
    KernelState actual = read(wanted);
    SortedMap<ObjectId, KernelObject> kept = new TreeMap<>(actual.objects());
    kept.keySet().retainAll(leftovers.keySet());
    return repairTo(actual, new KernelState(kept).and(wanted));
  }

  private List<Change> repairTo(KernelState actual, KernelState target) throws KernelException {
    believed = Optional.empty();
    List<Change> changes = actual.withEndpointsOf(target).changesTo(target);
    List<Change> made = make(changes);
    believed = Optional.of(without(leftOut(changes, made), target));
    attempted = KernelState.EMPTY;
    return made;
  }

  /** All but what must not be installed again. */
  private List<Change> make(List<Change> changes) throws KernelException {
    List<Change> admitted = keys.admitted(changes);
    kernel.make(admitted);
    return admitted;
  }

  private static Set<ObjectId> leftOut(List<Change> changes, List<Change> made) {
    Set<ObjectId> ids = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.Put(KernelObject object, _) && !made.contains(change)) {
        ids.add(object.id());
      }
    }
    return ids;
  }

  private static SortedMap<ObjectId, KernelObject> without(Set<ObjectId> ids, KernelState state) {
    SortedMap<ObjectId, KernelObject> objects = new TreeMap<>(state.objects());
    objects.keySet().removeAll(ids);
    return objects;
  }

  private static KernelState part(SortedMap<ObjectId, KernelObject> present, Draft draft) {
    SortedMap<ObjectId, KernelObject> touched = new TreeMap<>();
    for (ObjectId id : draft.touched()) {
      Optional.ofNullable(present.get(id)).ifPresent(object -> touched.put(id, object));
    }
    return new KernelState(touched);
  }

  /** Interfaces are rare, and the only rows that somebody else could have taken in the meantime. */
  private static boolean needsInterface(
      SortedMap<ObjectId, KernelObject> present, KernelState next) {
    return next.objects().keySet().stream()
        .takeWhile(id -> id.kind() == ObjectId.Kind.INTERFACE)
        .anyMatch(id -> !present.containsKey(id));
  }

  private static boolean removesInterface(Change change) {
    return change instanceof Change.Remove(KernelObject.Interface _);
  }

  private static void forgetWhatWentAlong(SortedMap<ObjectId, KernelObject> present) {
    present
        .values()
        .removeIf(
            object ->
                object
                    .diesWith()
                    .filter(name -> !present.containsKey(ObjectId.ofInterface(name)))
                    .isPresent());
  }

  private KernelState read(KernelState wanted) throws KernelException {
    KernelView view = kernel.read();
    for (var taken : view.taken().entrySet()) {
      if (wanted.find(ObjectId.ofInterface(taken.getKey())).isPresent()) {
        throw new KernelException(
            "interface %s is there and is not ours (%s); rename or delete it: ip link delete %s"
                .formatted(taken.getKey(), taken.getValue(), taken.getKey()));
      }
    }
    KernelState ours = view.oursFor(wanted.and(attempted));
    keys.found(ours.objects().values());
    if (!hasLooked) {
      leftovers.putAll(ours.objects());
      hasLooked = true;
    }
    return ours;
  }

  /** Back to what was there; if that fails too, the drift check goes on trying. */
  private Optional<SortedMap<ObjectId, KernelObject>> restored(
      KernelState before, KernelState refused) {
    try {
      KernelState actual = kernel.read().oursFor(refused);
      List<Change> changes = actual.withEndpointsOf(before).changesTo(before);
      return Optional.of(without(leftOut(changes, make(changes)), before));
    } catch (KernelException failed) {
      attempted = refused;
      LOG.error("the kernel is not as it was, to be repaired: {}", failed.getMessage());
      return Optional.empty();
    }
  }
}
