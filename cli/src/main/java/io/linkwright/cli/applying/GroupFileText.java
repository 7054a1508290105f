package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a group so that {@link GroupFile} reads it: all that it is, apart from keys. */
public final class GroupFileText {
  private static final String MEMBERS = "members";
  private static final String LINKS = "links";

  private GroupFileText() {}

  /** The file as a tree, as other programs take it. */
  public static ObjectNode json(GroupSnapshot group) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    ObjectNode json = file.putArray("groups").addObject().put("id", group.id().value());
    json.setAll(group.settings().only(fields(group)).json());
    ArrayNode members = json.putArray(MEMBERS);
    group
        .members()
        .forEach(
            (edge, member) -> {
              ObjectNode body = members.addObject().put("edge", edge.value());
              body.setAll(member.properties().json());
            });
    if (!group.topology().isAutomatic()) {
      ArrayNode links = json.putArray(LINKS);
      group
          .links()
          .forEach(link -> links.addArray().add(link.edgeA().value()).add(link.edgeB().value()));
    }
    return file;
  }

  /** The file for people, who compare two of them: a line a member, a line a link. */
  public static String yaml(JsonNode file) {
    StringBuilder text = new StringBuilder("groups:");
    for (JsonNode group : file.path("groups")) {
      String indent = "%n  - ".formatted();
      for (Map.Entry<String, JsonNode> field : group.properties()) {
        text.append(indent).append(field.getKey()).append(':');
        if (List.of(MEMBERS, LINKS).contains(field.getKey()) && !field.getValue().isEmpty()) {
          field
              .getValue()
              .forEach(item -> text.append("%n      - ".formatted()).append(flow(item)));
        } else {
          text.append(' ').append(flow(field.getValue()));
        }
        indent = "%n    ".formatted();
      }
    }
    return text.toString();
  }

  private static List<GroupField> fields(GroupSnapshot group) {
    boolean ipsec =
        group
            .settings()
            .text(GroupField.TUNNEL_PROTOCOL)
            .filter(TunnelProtocol.IPSEC.label()::equals)
            .isPresent();
    return Arrays.stream(GroupField.values()).filter(field -> ipsec || !field.isOfIpsec()).toList();
  }

  /** On one line. Texts are in quotes, so that none reads as something else. */
  private static String flow(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream()
          .map(field -> field.getKey() + ": " + flow(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (node.isArray()) {
      return node.valueStream()
          .map(GroupFileText::flow)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return printable(node.toString());
  }

  /** Breaks of lines, and what steers the direction of text or is not seen at all. */
  private static boolean isHidden(int unit) {
    return switch (Character.getType(unit)) {
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /** JSON lets characters stand that YAML (1.1, section 4.1) takes only escaped. */
  private static String printable(String json) {
    StringBuilder text = new StringBuilder();
    json.chars()
        .forEach(
            unit -> {
              boolean stands =
                  (unit >= 0x20 && unit < 0x7f)
                      || (unit >= 0xa0 && unit < 0xfffe && !isHidden(unit));
              text.append(stands ? String.valueOf((char) unit) : "\\u%04X".formatted(unit));
            });
    return text.toString();
  }
}
