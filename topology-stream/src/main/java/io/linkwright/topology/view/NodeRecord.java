package io.linkwright.topology.view;

import java.util.OptionalLong;

/**
 * What links change about a member. Apart from {@link MemberRecord}, so that a link event rewrites
 * a few bytes and not a member's name and subnets.
 *
 * @param links number of links that end here
 * @param desiredRevision of the last event that called for configuration at this edge; 0 before
 * @param component the component the member is in; empty if it has no link
 */
public record NodeRecord(long links, long desiredRevision, OptionalLong component) {
  private static final byte VERSION = 1;

  /** Components are named by revisions, which start at 1. */
  private static final long NO_COMPONENT = 0;

  static final NodeRecord NEW = new NodeRecord(0, 0, OptionalLong.empty());

  NodeRecord plusLinks(long added) {
    return new NodeRecord(links + added, desiredRevision, component);
  }

  NodeRecord desiring(long revision) {
    return new NodeRecord(links, revision, component);
  }

  NodeRecord in(OptionalLong newComponent) {
    return new NodeRecord(links, desiredRevision, newComponent);
  }

  byte[] toBytes() {
    return new RecordWriter(VERSION)
        .number(links)
        .number(desiredRevision)
        .number(component.orElse(NO_COMPONENT))
        .toBytes();
  }

  static NodeRecord read(byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    long links = reader.number();
    long desiredRevision = reader.number();
    long component = reader.number();
    return new NodeRecord(
        links,
        desiredRevision,
        component == NO_COMPONENT ? OptionalLong.empty() : OptionalLong.of(component));
  }
}
