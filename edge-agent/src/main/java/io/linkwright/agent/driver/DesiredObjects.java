package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.KernelState;
import io.linkwright.agent.driver.kernel.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects what links want of the kernel. Two links may want the same row, as they do of their
 * interface, but not with different content: the second would take it away from the first, silently.
 * Owned by the thread that plans.
 */
final class DesiredObjects {
  private final SortedMap<ObjectId, KernelObject> objects = new TreeMap<>();
  private final Map<ObjectId, TunnelId> owners = new HashMap<>();
  private final List<String> conflicts = new ArrayList<>();

  void add(TunnelId owner, KernelObject object) {
    KernelObject present = objects.putIfAbsent(object.id(), object);
    TunnelId first = owners.putIfAbsent(object.id(), owner);
    if (present != null && !present.equals(object)) {
      conflicts.add(
          "%s is wanted by %s and, differently, by %s".formatted(object.id(), first, owner));
    }
  }

  KernelState state() {
    return new KernelState(objects);
  }

  /** In words; empty if all links can run side by side. */
  List<String> conflicts() {
    return List.copyOf(conflicts);
  }
}
