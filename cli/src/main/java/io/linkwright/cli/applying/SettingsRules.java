package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;

/** What a file may say of a group, seen together with what the group is. */
final class SettingsRules {
  private SettingsRules() {}

  /** A new group is of a kind that somebody has chosen. */
  static void requireKind(WantedGroup wanted) throws GroupFileException {
    for (GroupField field : List.of(GroupField.TOPOLOGY, GroupField.TUNNEL_PROTOCOL)) {
      if (wanted.settings().value(field).isEmpty()) {
        throw wanted
            .places()
            .of(field)
            .refused("is required: there is no group %s yet".formatted(wanted.id()));
      }
    }
  }

  /** A group keeps for ever what it was created with. */
  static void requireUnchanged(Properties<GroupField> now, WantedGroup wanted)
      throws GroupFileException {
    for (GroupField field : now.differing(wanted.settings()).values().keySet()) {
      if (field.isFixed()) {
        throw wanted
            .places()
            .of(field)
            .refused(
                "group %s has %s for ever, not %s: use another group"
                    .formatted(
                        wanted.id(),
                        now.text(field).orElse("none"),
                        wanted.settings().text(field).orElse("none")));
      }
    }
  }

  /**
   * Settings that go together, and links only where they are made by hand.
   *
   * @param together what the group would be
   */
  static void requirePossible(Properties<GroupField> together, WantedGroup wanted)
      throws GroupFileException {
    Topology topology = Topology.parse(together.text(GroupField.TOPOLOGY).orElseThrow());
    requireHub(topology, together, wanted);
    requireCipher(together, wanted);
    if (topology.isAutomatic() && wanted.links().filter(links -> !links.isEmpty()).isPresent()) {
      throw wanted
          .places()
          .links()
          .refused(
              "the links of group %s follow from its topology, %s: leave them out, or make it %s"
                  .formatted(wanted.id(), topology.label(), Topology.PARTIAL_MESH.label()));
    }
    int members = wanted.members().map(named -> named.size()).orElse(0);
    int most = topology == Topology.MESH ? Limits.MAX_MESH_MEMBERS : Limits.MAX_MEMBERS;
    if (members > most) {
      throw wanted
          .places()
          .group()
          .refused("has %d members; a %s may have %d".formatted(members, topology.label(), most));
    }
  }

  private static void requireHub(
      Topology topology, Properties<GroupField> together, WantedGroup wanted)
      throws GroupFileException {
    Place place = wanted.places().of(GroupField.HUB);
    switch (topology) {
      case HUB_SPOKE -> {
        if (together.value(GroupField.HUB).isEmpty()) {
          throw place.refused("is required with hub-spoke: the edge every spoke is linked to");
        }
      }
      case MESH, PARTIAL_MESH -> {
        if (wanted.settings().value(GroupField.HUB).isPresent()) {
          throw place.refused("is for hub-spoke; this group is %s".formatted(topology.label()));
        }
      }
    }
  }

  private static void requireCipher(Properties<GroupField> together, WantedGroup wanted)
      throws GroupFileException {
    String protocol = together.text(GroupField.TUNNEL_PROTOCOL).orElseThrow();
    if (TunnelProtocol.parse(protocol) == TunnelProtocol.IPSEC) {
      return;
    }
    for (GroupField field : GroupField.values()) {
      Optional<JsonNode> value = wanted.settings().value(field);
      if (field.isOfIpsec() && value.isPresent()) {
        throw wanted.places().of(field).refused("is for IPsec groups; this one is " + protocol);
      }
    }
  }
}
