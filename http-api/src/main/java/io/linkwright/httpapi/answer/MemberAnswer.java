package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.domain.id.EdgeId;
import java.util.Optional;

/**
 * A member and what is known of its edge.
 *
 * @param isolated whether it has no link where links are made by hand
 * @param connected whether the edge was heard of lately
 * @param desiredRevision what the edge should run; 0 if nothing
 * @param acknowledgedRevision what the edge said it runs; 0 if it never did
 * @param lastError why the edge last refused a configuration
 */
public record MemberAnswer(
    EdgeId edge,
    @JsonUnwrapped MemberDescription description,
    long linkCount,
    boolean isolated,
    boolean connected,
    long desiredRevision,
    long acknowledgedRevision,
    Optional<String> lastError) {}
