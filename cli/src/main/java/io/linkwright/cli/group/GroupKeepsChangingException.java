package io.linkwright.cli.group;

import io.linkwright.domain.id.GroupId;

/** A group was never seen at one revision, because it kept changing while it was read. */
public final class GroupKeepsChangingException extends Exception {
  /** It was another with each of so many reads. */
  public GroupKeepsChangingException(GroupId group, int reads) {
    super(
        "group '%s' changed each of the %d times it was read: try again when it is quieter"
            .formatted(group, reads));
  }
}
