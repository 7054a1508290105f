package io.linkwright.cli.group;

import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.answer.MemberDescription;

/** A member as it is. */
public record MemberPicture(Properties<MemberField> properties, EnrollmentStanding enrollment) {

  /** A member as it is described. */
  public static MemberPicture of(MemberDescription member) {
    return new MemberPicture(
        Properties.of(ApiJson.tree(member), MemberField.class), member.enrollment());
  }
}
