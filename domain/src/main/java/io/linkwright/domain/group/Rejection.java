package io.linkwright.domain.group;

import java.util.List;
import java.util.Optional;

/**
 * Why a command is refused, in words that say what to do.
 *
 * @param field the part of the request body at fault, as in {@code edgeB}; empty if the path is
 * @param items of a batch, each offending one; empty otherwise
 */
public record Rejection(
    RejectionCode code, String detail, Optional<String> field, List<ItemRejection> items) {

  /** One offending item of a batch: {@code field} is {@code add[3]} or {@code remove[0]}. */
  public record ItemRejection(RejectionCode code, String detail, String field) {}

  /** Copies the list. */
  public Rejection {
    items = List.copyOf(items);
  }

  /** What the path names is at fault, or the command as a whole. */
  public static Rejection of(RejectionCode code, String detail) {
    return new Rejection(code, detail, Optional.empty(), List.of());
  }

  /** A field of the body is at fault. */
  public static Rejection ofField(RejectionCode code, String field, String detail) {
    return new Rejection(code, detail, Optional.of(field), List.of());
  }
}
