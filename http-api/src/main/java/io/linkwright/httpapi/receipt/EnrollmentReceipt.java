package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.key.PublicKey;

/**
 * A device enrolled as a member.
 *
 * @param controllerKey that the device trusts from now on
 * @param controllerKeyId for people
 * @param connectPath where it connects
 * @param subprotocol of the WebSocket
 */
public record EnrollmentReceipt(
    long revision,
    @JsonUnwrapped MemberState member,
    @JsonUnwrapped ReconfiguredEdges edges,
    PublicKey controllerKey,
    String controllerKeyId,
    String connectPath,
    String subprotocol)
    implements CommandReceipt {}
