package io.linkwright.domain.group;

/** Stable names of refusals; part of the API. */
public enum RejectionCode {
  /** The request cannot be understood or asks for the impossible. */
  INVALID_REQUEST,
  /** No such group. */
  UNKNOWN_GROUP,
  /** No such member. */
  UNKNOWN_MEMBER,
  /** The two members are not linked. */
  UNKNOWN_LINK,
  /** The group id is taken. */
  GROUP_EXISTS,
  /** The edge is a member already. */
  MEMBER_EXISTS,
  /** The two members are linked already. */
  LINK_EXISTS,
  /** Mesh and hub-spoke groups link themselves. */
  LINKS_ARE_AUTOMATIC,
  /** An allowed IP can belong to one peer only. */
  SUBNETS_OVERLAP,
  /** No overlay address is left in the group's pool. */
  ADDRESS_POOL_EXHAUSTED,
  /** A bound of {@link Limits} would be exceeded. */
  LIMIT_EXCEEDED,
  /** {@code If-Match} names another revision than the group's. */
  REVISION_MISMATCH,
  /** A link needs two different members. */
  LINK_TO_SELF,
  /** The enrollment token is not the one that was made for the member. */
  TOKEN_INVALID,
  /** The enrollment token is too old. */
  TOKEN_EXPIRED,
  /** The enrollment token was used before, with other keys. */
  TOKEN_USED,
  /** The member has keys, so it needs no token. */
  MEMBER_ENROLLED,
  /** One of the keys was taken from a device of this group. */
  KEYS_REVOKED,
  /** One of the keys is another member's. */
  KEYS_IN_USE,
  /** The group stands still at damage of its log; it takes a recovery and nothing else. */
  GROUP_DAMAGED,
  /** The device has asked for new keys too often lately. */
  RENEWAL_LIMIT,
  /** Whoever asks in a member's name has not proved to be it. */
  PROOF_INVALID
}
