package io.linkwright.cli.command;

import io.linkwright.domain.id.GroupId;
import picocli.CommandLine.Parameters;

/** The group a command is about. */
final class GroupSubject {
  @Parameters(index = "0", paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  GroupId id() {
    return group;
  }

  String path() {
    return "/v1/groups/" + group;
  }
}
