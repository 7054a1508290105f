package io.linkwright.cli.command;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The link a command is about: its group and its two ends, in either order. */
final class LinkSubject {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(index = "0", paramLabel = "GROUP", description = "Id of the group")
  private GroupId group;

  @Parameters(index = "1", paramLabel = "EDGE_A", description = "One end")
  private EdgeId edgeA;

  @Parameters(index = "2", paramLabel = "EDGE_B", description = "The other end")
  private EdgeId edgeB;

  LinkId link() {
    if (edgeA.equals(edgeB)) {
      throw new ParameterException(
          command.commandLine(),
          "a link needs two different members, not %s twice".formatted(edgeA));
    }
    return LinkId.between(edgeA, edgeB);
  }

  GroupId group() {
    return group;
  }

  /** A path that has a link, with this one in it. */
  String at(String path) {
    return ApiPaths.at(path, group, link());
  }
}
