package io.linkwright.domain.member;

import java.time.Instant;

/**
 * How a member stands with enrollment tokens. A member that has none of it was given its keys by an
 * operator, or awaits them without a token.
 */
public sealed interface Enrollment {

  /** A token is out: whoever shows it before it expires registers the member's keys. */
  record Invited(TokenHash token, Instant expiresAt) implements Enrollment {}

  /** The keys came with this token, which is remembered so that a second use is told as such. */
  record Enrolled(TokenHash token) implements Enrollment {}

  /** The keys were taken away; nothing has replaced them yet. */
  record Revoked() implements Enrollment {}
}
