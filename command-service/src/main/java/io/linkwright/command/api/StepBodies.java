package io.linkwright.command.api;

import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupCommand.ChangeContents;
import io.linkwright.domain.group.GroupCommand.Combinable;
import io.linkwright.domain.group.GroupCommand.CreateGroup;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.TokenHash;
import io.linkwright.http.JsonBody;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a command that is made of several. Each step says what it is, has the body of that command,
 * and beside it what the command's own path would say: the edge or the link.
 */
final class StepBodies {
  private static final String STEPS = "steps";

  private StepBodies() {}

  /** Named as the operations of the API document. */
  private enum Type {
    CREATE_GROUP("createGroup"),
    CHANGE_GROUP("changeGroup"),
    ADD_MEMBER("addMember"),
    CHANGE_MEMBER("changeMember"),
    REMOVE_MEMBER("removeMember"),
    INVITE_MEMBER("inviteMember"),
    REVOKE_MEMBER("revokeMember"),
    REKEY_MEMBER("rekeyMember"),
    ADD_LINK("addLink"),
    REMOVE_LINK("removeLink"),
    CHANGE_LINKS("changeLinks"),
    REKEY_LINK("rekeyLink");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    static Type parse(String text) {
      return Arrays.stream(values())
          .filter(type -> type.label.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "must be one of "
                          + Arrays.stream(values())
                              .map(type -> type.label)
                              .collect(Collectors.joining(", "))));
    }
  }

  /**
   * The command.
   *
   * @param newToken makes the token of a member that comes without keys, or is invited
   */
  static ChangeContents changeContents(
      GroupId group, JsonBody body, Function<EdgeId, TokenHash> newToken) {
    List<Combinable> steps =
        body.objects(STEPS, CommandBodies.MAX_ITEMS, item -> step(group, item, newToken));
    body.done();
    if (steps.isEmpty()) {
      throw body.refuse(STEPS, "is required: name at least one step");
    }
    return new ChangeContents(group, steps);
  }

  private static Combinable step(
      GroupId group, JsonBody item, Function<EdgeId, TokenHash> newToken) {
    return switch (item.parsed("type", Type::parse)) {
      case CREATE_GROUP -> createGroup(group, item);
      case CHANGE_GROUP -> CommandBodies.changeGroup(group, item);
      case ADD_MEMBER -> CommandBodies.addMember(group, item, newToken);
      case CHANGE_MEMBER -> CommandBodies.changeMember(group, edge(item), item);
      case REMOVE_MEMBER -> new GroupCommand.RemoveMember(group, edge(item));
      case INVITE_MEMBER -> CommandBodies.inviteMember(group, edge(item), item, newToken);
      case REVOKE_MEMBER -> CommandBodies.revokeMember(group, edge(item), item);
      case REKEY_MEMBER -> new GroupCommand.RekeyMember(group, edge(item));
      case ADD_LINK -> CommandBodies.addLink(group, item);
      case REMOVE_LINK -> new GroupCommand.RemoveLink(group, link(item));
      case CHANGE_LINKS -> CommandBodies.changeLinks(group, item);
      case REKEY_LINK -> new GroupCommand.RekeyLink(group, link(item));
    };
  }

  private static CreateGroup createGroup(GroupId group, JsonBody item) {
    CreateGroup create = CommandBodies.createGroup(item);
    if (!create.group().equals(group)) {
      throw item.refuse("id", "must be %s, as in the path".formatted(group));
    }
    return create;
  }

  private static EdgeId edge(JsonBody item) {
    return item.parsed("edge", EdgeId::new);
  }

  private static LinkId link(JsonBody item) {
    return item.parsed("link", LinkId::parse);
  }
}
