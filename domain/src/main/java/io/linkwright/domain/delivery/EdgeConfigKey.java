package io.linkwright.domain.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.text.Excerpt;
import java.util.Optional;

/**
 * Key of a record on {@code linkwright.edge-config}, written {@code edge/group/link}, or {@code
 * edge/group/} for the membership itself.
 */
public record EdgeConfigKey(EdgeId edge, GroupId group, Optional<LinkId> link) {

  /** Key of a link's configuration at one of its ends. */
  public static EdgeConfigKey ofLink(EdgeId edge, GroupId group, LinkId link) {
    return new EdgeConfigKey(edge, group, Optional.of(link));
  }

  /** Key of a membership. */
  public static EdgeConfigKey ofMembership(EdgeId edge, GroupId group) {
    return new EdgeConfigKey(edge, group, Optional.empty());
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static EdgeConfigKey parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("'%s' is not edge/group/link".formatted(Excerpt.of(text)));
    }
    return new EdgeConfigKey(
        new EdgeId(parts[0]),
        new GroupId(parts[1]),
        parts[2].isEmpty() ? Optional.empty() : Optional.of(LinkId.parse(parts[2])));
  }

  @Override
  public String toString() {
    return edge + "/" + group + "/" + link.map(LinkId::toString).orElse("");
  }
}
