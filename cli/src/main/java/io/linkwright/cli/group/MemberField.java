package io.linkwright.cli.group;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.group.Limits;

/** What a member is, apart from its edge id and its keys. */
public enum MemberField implements Field {
  /** Display name. */
  NAME("name", Field.name()),
  /** Where peers reach it. */
  ENDPOINT("endpoint", new Form.Text(text -> Endpoint.parse(text).toString())),
  /** Networks behind it. */
  ALLOWED_SUBNETS(
      "allowedSubnets",
      new Form.Texts(text -> Cidr.parse(text).toString(), Limits.MAX_ALLOWED_SUBNETS)),
  /** Where it stands, degrees north. */
  LATITUDE("latitude", new Form.Degrees(90)),
  /** Where it stands, degrees east. */
  LONGITUDE("longitude", new Form.Degrees(180));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
  private final Form form;

  MemberField(String label, Form form) {
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
      case NAME, ALLOWED_SUBNETS -> false;
      case ENDPOINT, LATITUDE, LONGITUDE -> true;
    };
  }

  /** Whether its peers have to know of a change, which gives the member's links new keys. */
  public boolean concernsPeers() {
    return switch (this) {
      case ENDPOINT, ALLOWED_SUBNETS -> true;
      case NAME, LATITUDE, LONGITUDE -> false;
    };
  }
}
