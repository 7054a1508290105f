package io.linkwright.command.api;

import io.linkwright.domain.address.Position;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.edgeprotocol.MemberKeyCheck;
import io.linkwright.http.JsonBody;
import io.linkwright.http.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The parts of a member that span several fields. */
final class MemberFields {
  private static final String LATITUDE = "latitude";
  private static final String LONGITUDE = "longitude";

  private MemberFields() {}

  static Optional<Position> position(JsonBody body) {
    OptionalDouble latitude = body.optionalNumber(LATITUDE);
    OptionalDouble longitude = body.optionalNumber(LONGITUDE);
    if (latitude.isEmpty() && longitude.isEmpty()) {
      return Optional.empty();
    }
    if (latitude.isEmpty()) {
      throw body.refuse(LATITUDE, "is required beside longitude");
    }
    if (longitude.isEmpty()) {
      throw body.refuse(LONGITUDE, "is required beside latitude");
    }
    try {
      return Optional.of(new Position(latitude.getAsDouble(), longitude.getAsDouble()));
    } catch (IllegalArgumentException outside) {
      String field = outside.getMessage().startsWith(LONGITUDE) ? LONGITUDE : LATITUDE;
      throw body.refuse(field, outside.getMessage());
    }
  }

  /** Absent: as it is. Both null: cleared. */
  static Optional<Optional<Position>> changedPosition(JsonBody body) {
    return body.has(LATITUDE) || body.has(LONGITUDE)
        ? Optional.of(position(body))
        : Optional.empty();
  }

  /** Absent: as they are. Enrolled keys can be replaced but not taken away. */
  static Optional<MemberKeys> changedKeys(JsonBody body) {
    Optional<MemberKeys> keys = body.optionalObject("keys").map(MemberFields::keys);
    if (body.has("keys") && keys.isEmpty()) {
      throw body.refuse("keys", "cannot be null");
    }
    return keys;
  }

  /** Refuses keys that no secret could ever be sealed to. */
  static MemberKeys keys(JsonBody body) {
    PublicKey identity = body.parsed("identity", PublicKey::new);
    PublicKey sealing = body.parsed("sealing", PublicKey::new);
    List<PublicKey> wireGuard = body.strings("wireGuard", Tunnel.MAX_PER_LINK, PublicKey::new);
    body.done();
    try {
      MemberKeys keys = new MemberKeys(identity, sealing, wireGuard);
      Optional<ProblemException> fault =
          MemberKeyCheck.fault(keys).map(text -> refusal(body, text));
      if (fault.isPresent()) {
        throw fault.get();
      }
      return keys;
    } catch (IllegalArgumentException wrongLength) {
      throw refusal(body, wrongLength.getMessage());
    }
  }

  /** Both checks name the key by the first word of what they say. */
  private static ProblemException refusal(JsonBody body, String text) {
    return body.refuse(text.substring(0, text.indexOf(' ')), text);
  }
}
