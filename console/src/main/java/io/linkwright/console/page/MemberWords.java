package io.linkwright.console.page;

import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.httpapi.answer.MemberAnswer;

/** A member for people. */
public final class MemberWords {
  private MemberWords() {}

  /** The name, and the id where that says something else. */
  public static String label(MemberAnswer member) {
    String name = member.description().name();
    String edge = member.edge().value();
    return name.equals(edge) ? edge : "%s (%s)".formatted(name, edge);
  }

  /** Whether no edge has enrolled yet. */
  public static boolean isAwaited(MemberAnswer member) {
    return member.description().enrollment() == EnrollmentStanding.AWAITING;
  }

  /** Whether the edge's keys were taken away. */
  public static boolean isRevoked(MemberAnswer member) {
    return member.description().enrollment() == EnrollmentStanding.REVOKED;
  }

  /** Whether the edge runs what it should. */
  public static boolean isCurrent(MemberAnswer member) {
    return member.acknowledgedRevision() >= member.desiredRevision();
  }
}
