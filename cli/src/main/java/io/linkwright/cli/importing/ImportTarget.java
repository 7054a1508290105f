package io.linkwright.cli.importing;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Optional;

/**
 * The group to import into. What is not asked for stays as an existing group has it, and takes the
 * default in a new one: WireGuard, one tunnel a link.
 *
 * @param name display name of a new group
 * @param actor who asks, for the log
 */
public record ImportTarget(
    GroupId group,
    String name,
    Optional<TunnelProtocol> protocol,
    Optional<Boolean> dualTunnel,
    Optional<String> actor) {}
