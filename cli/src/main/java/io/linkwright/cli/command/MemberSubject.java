package io.linkwright.cli.command;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
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

  String members() {
    return "/v1/groups/%s/members".formatted(group);
  }

  String path() {
    return members() + "/" + edge;
  }
}
