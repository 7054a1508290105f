package io.linkwright.agent.driver.kernel;

import java.util.Map;

/**
 * What is in the kernel.
 *
 * @param ours all that this edge has made, and interfaces that wait for somebody to use them
 * @param taken interfaces that bear a name of ours and are somebody else's: what they are
 */
public record KernelView(KernelState ours, Map<String, String> taken) {
  /** Copies the map. */
  public KernelView {
    taken = Map.copyOf(taken);
  }
}
