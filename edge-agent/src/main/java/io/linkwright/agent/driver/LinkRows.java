package io.linkwright.agent.driver;

import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.ObjectId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects what one link wants of the kernel. Its tunnels may want the same row, but not with
 * different content. Owned by the thread that plans.
 */
final class LinkRows {
  private final SortedMap<ObjectId, KernelObject> rows = new TreeMap<>();

  /**
   * One more row.
   *
   * @throws LinkRefusedException if it is there with other content
   */
  void add(TunnelId tunnel, KernelObject object) throws LinkRefusedException {
    KernelObject present = rows.putIfAbsent(object.id(), object);
    if (present != null && !present.equals(object)) {
      throw new LinkRefusedException(
          "%s is wanted by %s and, differently, by another tunnel of the link"
              .formatted(object.id(), tunnel));
    }
  }

  SortedMap<ObjectId, KernelObject> rows() {
    return rows;
  }
}
