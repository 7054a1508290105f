package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;

/** All that the view knows of one member. */
public record MemberDetail(
    long revision,
    Member member,
    boolean enrolled,
    List<String> allowedSubnets,
    List<String> overlayAddresses,
    OptionalDouble latitude,
    OptionalDouble longitude) {

  static MemberDetail of(JsonNode json) {
    return new MemberDetail(
        json.path("revision").asLong(),
        Member.of(json),
        json.path("enrolled").asBoolean(),
        Fields.texts(json, "allowedSubnets"),
        Fields.texts(json, "overlayAddresses"),
        Fields.number(json, "latitude"),
        Fields.number(json, "longitude"));
  }
}
