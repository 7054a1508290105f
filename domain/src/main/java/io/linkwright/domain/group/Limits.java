package io.linkwright.domain.group;

/** Bounds of what one command may do and one group may hold. */
public final class Limits {
  /** Links added and removed by one batch. */
  public static final int MAX_BATCH_ITEMS = 1_000;

  /** Commands that one is made of. */
  public static final int MAX_STEPS = 1_000;

  /** Members of a group. */
  public static final int MAX_MEMBERS = 20_000;

  /** Members of a mesh: every pair is linked, so links grow with the square. */
  public static final int MAX_MESH_MEMBERS = 128;

  /** Links that an edge may ask new keys for at once. */
  public static final int MAX_RENEWED_LINKS = 256;

  /** Events of one command, as when dual tunnel is switched on for every link. */
  public static final int MAX_EVENTS_PER_COMMAND = 50_000;

  /** Subnets behind one member. */
  public static final int MAX_ALLOWED_SUBNETS = 64;

  /** Characters of a display name. */
  public static final int MAX_NAME_LENGTH = 200;

  /** Keys that a group never takes again; a revoked member leaves up to four. */
  public static final int MAX_REVOKED_KEYS = 100_000;

  /**
   * Revision above which no group is recovered: room for as many events as any group will see, in
   * numbers that every client of the API can hold (2^53).
   */
  public static final long MAX_RECOVERY_REVISION = 1L << 50;

  private Limits() {}
}
