package io.linkwright.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.NewMember;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandDigestTest {

  @Test
  void differentCommandsHaveDifferentDigests() {
    Map<CommandDigest, GroupCommand> seen = new HashMap<>();
    for (long seed = 0; seed < 20; seed++) {
      RandomCommands commands = new RandomCommands(seed);
      for (int i = 0; i < 500; i++) {
        GroupCommand command = commands.next();
        GroupCommand before = seen.put(CommandDigest.of(command), command);
        if (before != null) {
          assertThat(spelled(before)).isEqualTo(spelled(command));
        }
      }
    }
  }

  /** What makes no difference: the order of a link's ends, and a new token. */
  private static String spelled(GroupCommand command) {
    return switch (command) {
      case GroupCommand.AddLink(_, EdgePair pair) -> "AddLink " + ends(pair);
      case GroupCommand.ChangeLinks(_, var add, var remove) ->
          "ChangeLinks %s %s"
              .formatted(
                  add.stream().map(CommandDigestTest::ends).toList(),
                  remove.stream().map(CommandDigestTest::ends).toList());
      case GroupCommand.AddMember(_, NewMember member, Optional<Invitation> invitation) ->
          "AddMember %s %s".formatted(member, invitation.map(Invitation::timeToLive));
      case GroupCommand.InviteMember(_, EdgeId edge, Invitation invitation) ->
          "InviteMember %s %s".formatted(edge, invitation.timeToLive());
      case GroupCommand.ChangeContents(_, var steps) ->
          "ChangeContents " + steps.stream().map(CommandDigestTest::spelled).toList();
      case GroupCommand.CreateGroup _,
          GroupCommand.ChangeGroup _,
          GroupCommand.DeleteGroup _,
          GroupCommand.RecoverGroup _,
          GroupCommand.ChangeMember _,
          GroupCommand.RemoveMember _,
          GroupCommand.EnrollMember _,
          GroupCommand.RevokeMember _,
          GroupCommand.RemoveLink _,
          GroupCommand.RekeyLink _,
          GroupCommand.RekeyMember _,
          GroupCommand.RenewKeys _ ->
          command.toString();
    };
  }

  private static List<EdgeId> ends(EdgePair pair) {
    return Stream.of(pair.edgeA(), pair.edgeB()).sorted().toList();
  }

  @Test
  void theTokenThatAServerMakesIsNoPartOfTheCommand() {
    NewMember member = Samples.awaiting("a");

    assertThat(CommandDigest.of(invited(member, "one", 1)))
        .isEqualTo(CommandDigest.of(invited(member, "other", 1)))
        .isNotEqualTo(CommandDigest.of(invited(member, "one", 2)));
  }

  private static GroupCommand invited(NewMember member, String token, int hours) {
    return new GroupCommand.AddMember(
        Samples.GROUP,
        member,
        Optional.of(new Invitation(Samples.token(token).hash(), Duration.ofHours(hours))));
  }

  /** Digests are on logs for ever: they never change. */
  @Test
  void releasedDigestsStay() {
    assertThat(CommandDigest.of(new GroupCommand.DeleteGroup(Samples.GROUP)).hex())
        .isEqualTo("b579177e1f2904a1bb848d6fce7dcb6dbbbdee2d7f61d07285f5e78685a7499a");
    assertThat(CommandDigest.of(Commands.add(Samples.enrolled("a", "10.1.0.0/16"))).hex())
        .isEqualTo("8003f543e91fa09f6e22ced1a5f8cfdb28933569372467c94a875e5d316b6b4c");
    assertThat(
            CommandDigest.of(new GroupCommand.AddLink(Samples.GROUP, Samples.pair("b", "a"))).hex())
        .isEqualTo("6e5d8d7e5434d1e1c5e2ed338b7f70bc8d9bd3105bbfb8d9168334406e5f241d");
    assertThat(
            CommandDigest.of(Commands.together(Commands.addLink("b", "a"), Commands.remove("c")))
                .hex())
        .isEqualTo("653632f767d120f650e2170f4deab6dc45dcbf334b6574acac1eb52bca1f0a5f");
  }
}
