package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.Optional;

/** One thing to do so that a group becomes what a file says. */
public sealed interface Step {
  /** The group is not there. */
  record CreateGroup(Properties<GroupField> settings) implements Step {}

  /** Settings are others; {@code from} and {@code to} have the same fields. */
  record ChangeGroup(Properties<GroupField> from, Properties<GroupField> to) implements Step {}

  /**
   * The file does not name a member.
   *
   * @param links how many go with it
   */
  record RemoveMember(EdgeId edge, int links) implements Step {}

  /**
   * A member is another; {@code from} and {@code to} have the same fields.
   *
   * @param keys for a device that has none
   */
  record ChangeMember(
      EdgeId edge,
      Properties<MemberField> from,
      Properties<MemberField> to,
      Optional<ObjectNode> keys)
      implements Step {}

  /**
   * A member is not there.
   *
   * @param keys empty: its device joins with a token
   */
  record AddMember(EdgeId edge, Properties<MemberField> properties, Optional<ObjectNode> keys)
      implements Step {}

  /** The file does not name a link. */
  record RemoveLink(LinkId link) implements Step {}

  /** A link is not there. */
  record AddLink(LinkId link) implements Step {}
}
