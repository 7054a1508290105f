package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.topology.view.MemberRecord;

/** What a member is, in the words of the command that describes it. */
final class MemberJson {
  private MemberJson() {}

  static void add(ObjectNode json, MemberRecord member) {
    json.put("name", member.name());
    json.put("endpoint", member.endpoint().map(Endpoint::toString).orElse(null));
    json.put("enrolled", member.enrollment() == EnrollmentStanding.ENROLLED);
    json.put("enrollment", member.enrollment().label());
    ArrayNode subnets = json.putArray("allowedSubnets");
    member.allowedSubnets().forEach(subnet -> subnets.add(subnet.toString()));
    ArrayNode addresses = json.putArray("overlayAddresses");
    member.overlayAddresses().forEach(address -> addresses.add(address.toString()));
    addPosition(json, member);
  }

  /** In degrees; null where it is not known. */
  static void addPosition(ObjectNode json, MemberRecord member) {
    json.put("latitude", member.position().map(Position::latitude).orElse(null));
    json.put("longitude", member.position().map(Position::longitude).orElse(null));
  }
}
