package io.linkwright.cli.command;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import picocli.CommandLine.Parameters;

/** The group a command is about. */
final class GroupSubject {
  @Parameters(index = "0", paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  GroupId id() {
    return group;
  }

  /** A path that has a group, with this one in it. */
  String at(String path) {
    return ApiPaths.at(path, group);
  }
}
