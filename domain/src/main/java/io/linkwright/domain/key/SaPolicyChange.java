package io.linkwright.domain.key;

import java.util.Optional;

/**
 * What is to become of a group's {@link SaPolicy}; an empty field stays as it is.
 *
 * @param bytes empty within: no limit any more
 * @param packets the same
 */
public record SaPolicyChange(
    Optional<SaAlgorithm> algorithm,
    Optional<Optional<Long>> bytes,
    Optional<Optional<Long>> packets) {
  /** Leaves everything as it is. */
  public static final SaPolicyChange NONE =
      new SaPolicyChange(Optional.empty(), Optional.empty(), Optional.empty());

  public SaPolicy of(SaPolicy now) {
    return new SaPolicy(
        algorithm.orElse(now.algorithm()),
        new SaLimits(bytes.orElse(now.limits().bytes()), packets.orElse(now.limits().packets())));
  }
}
