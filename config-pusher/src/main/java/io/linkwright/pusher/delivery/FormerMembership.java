package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;

/**
 * A membership that was removed, or whose keys were revoked.
 *
 * @param identity the key the device proves itself with
 * @param revision of the removal; 0 if its writer left it out
 */
public record FormerMembership(GroupId group, PublicKey identity, long revision) {}
