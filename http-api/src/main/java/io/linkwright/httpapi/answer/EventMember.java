package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import java.util.List;
import java.util.Optional;

/** A member that an event is about: as it is since then, or, once it is gone, its name. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = EventMember.Name.class)
@JsonSubTypes({
  @JsonSubTypes.Type(EventMember.Name.class),
  @JsonSubTypes.Type(EventMember.Detail.class)
})
public sealed interface EventMember {
  /** Its edge. */
  EdgeId edge();

  /** One that is no member any more. */
  record Name(EdgeId edge) implements EventMember {}

  /**
   * As it is: what {@link MemberDescription} has, and keys. The sealing key is left out: 1,216
   * bytes that tell a reader nothing.
   *
   * @param identityKey that the edge signs with
   * @param wireGuardKeys one for each tunnel
   */
  record Detail(
      EdgeId edge,
      String name,
      Optional<Endpoint> endpoint,
      boolean enrolled,
      EnrollmentStanding enrollment,
      List<Cidr> allowedSubnets,
      List<IpAddress> overlayAddresses,
      Optional<Double> latitude,
      Optional<Double> longitude,
      Optional<PublicKey> identityKey,
      List<PublicKey> wireGuardKeys)
      implements EventMember {

    /** Copies the lists. */
    public Detail {
      allowedSubnets = List.copyOf(allowedSubnets);
      overlayAddresses = List.copyOf(overlayAddresses);
      wireGuardKeys = List.copyOf(wireGuardKeys);
    }

    static Detail of(Member member) {
      MemberDescription description = MemberDescription.of(member);
      return new Detail(
          member.edge(),
          description.name(),
          description.endpoint(),
          description.enrolled(),
          description.enrollment(),
          description.allowedSubnets(),
          description.overlayAddresses(),
          description.latitude(),
          description.longitude(),
          member.keys().map(MemberKeys::identity),
          member.keys().map(MemberKeys::wireGuard).orElse(List.of()));
    }
  }
}
