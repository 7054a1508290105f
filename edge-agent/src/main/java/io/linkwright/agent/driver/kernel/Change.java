package io.linkwright.agent.driver.kernel;

import java.util.Optional;

/** A row to change. */
public sealed interface Change {

  /** In words, for a log. */
  String inWords();

  /**
   * It is to be there.
   *
   * @param before what is there in its place
   */
  record Put(KernelObject object, Optional<KernelObject> before) implements Change {
    @Override
    public String inWords() {
      return (before.isPresent() ? "changed " : "added ") + object.id();
    }
  }

  /** It is to go. */
  record Remove(KernelObject object) implements Change {
    @Override
    public String inWords() {
      return "removed " + object.id();
    }
  }
}
