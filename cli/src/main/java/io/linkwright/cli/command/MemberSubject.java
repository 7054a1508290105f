package io.linkwright.cli.command;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import picocli.CommandLine.Parameters;

/** The member a command is about. */
final class MemberSubject {
  @Parameters(index = "0", paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  @Parameters(index = "1", paramLabel = "EDGE", description = "Id of the edge")
  private EdgeId edge;

  GroupId group() {
    return group;
  }

  EdgeId edge() {
    return edge;
  }

  /** A path that has a member, with this one in it. */
  String at(String path) {
    return ApiPaths.at(path, group, edge);
  }
}
