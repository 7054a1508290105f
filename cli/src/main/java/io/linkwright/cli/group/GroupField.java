package io.linkwright.cli.group;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;

/** What a group is, apart from its id, members and links. */
public enum GroupField implements Field {
  /** Display name. */
  NAME("name", Field.name()),
  /** How links come about. */
  TOPOLOGY("topology", new Form.Text(text -> Topology.parse(text).label())),
  /** Stays for ever. */
  TUNNEL_PROTOCOL("tunnelProtocol", new Form.Text(text -> TunnelProtocol.parse(text).label())),
  /** Whether links have two tunnels. */
  DUAL_TUNNEL("dualTunnel", new Form.Flag()),
  /** Of hub-spoke. */
  HUB("hub", new Form.Text(text -> new EdgeId(text).value())),
  /** Stays for ever. */
  ADDRESS_POOL("addressPool", new Form.Text(text -> Cidr.parse(text).toString())),
  /** How old keys may become. */
  REKEY_EVERY("rekeyEvery", new Form.Text(text -> RekeyInterval.parse(text).toString())),
  /** Of IPsec. */
  SA_ALGORITHM("saAlgorithm", new Form.Text(text -> SaAlgorithm.parse(text).label())),
  /** Of IPsec. */
  REKEY_AFTER_BYTES("rekeyAfterBytes", new Form.Whole(SaLimits::requireBytes)),
  /** Of IPsec. */
  REKEY_AFTER_PACKETS("rekeyAfterPackets", new Form.Whole(SaLimits::requirePackets));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
  private final Form form;

  GroupField(String label, Form form) {
    this.label = label;
    this.form = form;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  public boolean isClearable() {
    return switch (this) {
      case NAME, TOPOLOGY, TUNNEL_PROTOCOL, DUAL_TUNNEL, ADDRESS_POOL, SA_ALGORITHM -> false;
      case HUB, REKEY_EVERY, REKEY_AFTER_BYTES, REKEY_AFTER_PACKETS -> true;
    };
  }

  /** All that a group's settings say. */
  public static Properties<GroupField> of(GroupSettingsAnswer settings) {
    return Properties.of(ApiJson.tree(settings), GroupField.class);
  }

  /** Whether a group keeps what it was created with. */
  public boolean isFixed() {
    return switch (this) {
      case TUNNEL_PROTOCOL, ADDRESS_POOL -> true;
      case NAME,
          TOPOLOGY,
          DUAL_TUNNEL,
          HUB,
          REKEY_EVERY,
          SA_ALGORITHM,
          REKEY_AFTER_BYTES,
          REKEY_AFTER_PACKETS ->
          false;
    };
  }

  /** Whether it is about the security associations of IPsec. */
  public boolean isOfIpsec() {
    return switch (this) {
      case SA_ALGORITHM, REKEY_AFTER_BYTES, REKEY_AFTER_PACKETS -> true;
      case NAME, TOPOLOGY, TUNNEL_PROTOCOL, DUAL_TUNNEL, HUB, ADDRESS_POOL, REKEY_EVERY -> false;
    };
  }
}
