package io.linkwright.agent.driver.kernel;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in the kernel.
 *
 * @param ours all that this edge has made
 * @param waiting interfaces with a name of ours that nobody has put to use: made for us by an
 *     operator, or by us just before something went wrong
 * @param taken interfaces with a name of ours that are somebody else's: what they are
 */
public record KernelView(KernelState ours, KernelState waiting, Map<String, String> taken) {
  /** Copies the map. */
  public KernelView {
    taken = Map.copyOf(taken);
  }

  /** What is ours, with the waiting interfaces that are wanted: those we put to use. */
  public KernelState oursFor(KernelState wanted) {
    SortedMap<ObjectId, KernelObject> rows = new TreeMap<>(waiting.objects());
    rows.keySet().retainAll(wanted.objects().keySet());
    return ours.and(new KernelState(rows));
  }
}
