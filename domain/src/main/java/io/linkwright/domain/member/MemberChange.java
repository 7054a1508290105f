package io.linkwright.domain.member;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import java.util.List;
import java.util.Optional;

/**
 * Changes to a member. An empty outer {@code Optional} leaves the field as it is; an empty inner
 * one clears it, as {@code null} does in a merge patch (RFC 7396).
 */
public record MemberChange(
    Optional<String> name,
    Optional<Optional<Endpoint>> endpoint,
    Optional<List<Cidr>> allowedSubnets,
    Optional<Optional<Position>> position,
    Optional<MemberKeys> keys) {}
