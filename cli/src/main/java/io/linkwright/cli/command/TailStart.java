package io.linkwright.cli.command;

import io.linkwright.domain.id.GroupId;
import java.util.Optional;

/**
 * A group to follow, and after which revision.
 *
 * @param after empty: with what is new
 */
record TailStart(GroupId group, Optional<Long> after) {
  private static final char SEPARATOR = '@';

  /**
   * Reads {@code GROUP} or {@code GROUP@REVISION}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  static TailStart parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    if (separator < 0) {
      return new TailStart(new GroupId(text), Optional.empty());
    }
    String revision = text.substring(separator + 1);
    try {
      return new TailStart(
          new GroupId(text.substring(0, separator)), Optional.of(Long.parseUnsignedLong(revision)));
    } catch (NumberFormatException notRevision) {
      throw new IllegalArgumentException(
          "'%s' is no revision: write GROUP@12".formatted(revision), notRevision);
    }
  }
}
