package io.linkwright.schemas;

/** What a union may turn out to hold. */
final class UnionBranches {
  private UnionBranches() {}

  /** A branch that the schema has and the codec has not: a codec was forgotten. */
  static IllegalStateException unknown(String union, Object branch) {
    return new IllegalStateException(
        "no codec for %s of %s".formatted(union, branch.getClass().getSimpleName()));
  }
}
