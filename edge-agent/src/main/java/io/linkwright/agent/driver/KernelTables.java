package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.Change;
import io.linkwright.agent.driver.kernel.Kernel;
import io.linkwright.agent.driver.kernel.KernelException;
import io.linkwright.agent.driver.kernel.KernelState;
import io.linkwright.agent.driver.kernel.KernelView;
import io.linkwright.agent.driver.kernel.ObjectId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's tables as the driver believes them to be, and as it wants them. Owned by the
 * driver's lock.
 */
final class KernelTables {
  private static final Logger LOG = LoggerFactory.getLogger(KernelTables.class);

  private final Kernel kernel;
  private KernelState desired = KernelState.EMPTY;

  /** What is there, desired or not; unknown at first, and after a failure that went uncorrected. */
  private Optional<KernelState> believed = Optional.empty();

  KernelTables(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Makes the kernel as this plan wants it, or leaves it as it was.
   *
   * @throws LinkRefusedException if links of the plan exclude each other
   * @throws KernelException if the kernel refuses; what happened until then is undone
   */
  void moveTo(DesiredObjects plan) throws LinkRefusedException, KernelException {
    if (!plan.conflicts().isEmpty()) {
      throw new LinkRefusedException(String.join("; ", plan.conflicts()));
    }
    KernelState next = plan.state();
    if (believed.isEmpty() || needsInterface(believed.get(), next)) {
      believed = Optional.of(read(next));
    }
    KernelState before = believed.get();
    KernelState after = before.with(desired, next);
    try {
      kernel.make(before.changesTo(after));
    } catch (KernelException refused) {
      believed = restored(before, next);
      throw refused;
    }
    desired = next;
    believed = Optional.of(after);
  }

  /**
   * Makes the kernel as it should be, and removes all of ours that should not be.
   *
   * @return what had to be changed
   * @throws KernelException if the kernel refuses
   */
  List<Change> repair() throws KernelException {
    return repairTo(read(desired), desired);
  }

  /**
   * The same, but leaves alone what is there beyond it.
   *
   * @throws KernelException if the kernel refuses
   */
  List<Change> repairOurs() throws KernelException {
    KernelState actual = read(desired);
    return repairTo(actual, actual.with(KernelState.EMPTY, desired));
  }

  private List<Change> repairTo(KernelState actual, KernelState target) throws KernelException {
    believed = Optional.empty();
    List<Change> changes = actual.withEndpointsOf(target).changesTo(target);
    kernel.make(changes);
    believed = Optional.of(target);
    return changes;
  }

  /** Interfaces are rare, and the only rows that somebody else could have taken in the meantime. */
  private static boolean needsInterface(KernelState present, KernelState next) {
    return next.objects().keySet().stream()
        .takeWhile(id -> id.kind() == ObjectId.Kind.INTERFACE)
        .anyMatch(id -> present.find(id).isEmpty());
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
    return view.oursFor(wanted);
  }

  /** Back to what was there; if that fails too, the drift check goes on trying. */
  private Optional<KernelState> restored(KernelState before, KernelState attempted) {
    try {
      KernelState actual = kernel.read().oursFor(attempted);
      kernel.make(actual.withEndpointsOf(before).changesTo(before));
      return Optional.of(before);
    } catch (KernelException failed) {
      LOG.error("the kernel is not as it was, to be repaired: {}", failed.getMessage());
      return Optional.empty();
    }
  }
}
