package io.linkwright.domain.member;

import io.linkwright.domain.text.Labels;

/** Whether a member has keys, in a word for people. */
public enum EnrollmentStanding {
  /** It has none yet. */
  AWAITING("awaiting"),
  /** It has keys. */
  ENROLLED("enrolled"),
  /** Its keys were taken away, and no new token has been made. */
  REVOKED("revoked");

  private final String label;

  EnrollmentStanding(String label) {
    this.label = label;
  }

  /** The name in the API. */
  public String label() {
    return label;
  }

  /**
   * Reads the API's name.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static EnrollmentStanding parse(String text) {
    return Labels.find(values(), EnrollmentStanding::label, text);
  }
}
