package io.linkwright.command.writer;

import io.linkwright.command.writer.Submission.Mode;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.NewMember;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Commands about one group, and what came of them. */
final class GroupCommands {
  static final GroupId GROUP = new GroupId("red");

  private GroupCommands() {}

  static CommandAnswer answer(Submission submission) {
    return submission.answer().getNow(new CommandAnswer.Failed());
  }

  static RejectionCode code(Submission submission) {
    return answer(submission) instanceof CommandAnswer.Refused refused
        ? refused.rejection().code()
        : RejectionCode.INVALID_REQUEST;
  }

  static Submission execute(String key, GroupCommand command) {
    return submission(key, command, Mode.EXECUTE);
  }

  static Submission submission(String key, GroupCommand command, Mode mode) {
    return new Submission(
        new CommandEnvelope(
            command,
            key,
            "test",
            Instant.ofEpochSecond(1_700_000_000),
            OptionalLong.empty(),
            new KeySeed(new byte[KeySeed.LENGTH_BYTES])),
        mode);
  }

  static GroupCommand link(String one, String other) {
    return new GroupCommand.AddLink(GROUP, new EdgePair(new EdgeId(one), new EdgeId(other)));
  }

  static NewMember member(String edge) {
    return new NewMember(
        new EdgeId(edge), edge, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  static GroupSettings settings() {
    return new GroupSettings(
        GROUP,
        "Red",
        Topology.PARTIAL_MESH,
        TunnelProtocol.WIREGUARD,
        false,
        Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }
}
