package io.linkwright.cli.group;

import io.linkwright.domain.member.EnrollmentStanding;

/** A member as it is. */
public record MemberPicture(Properties<MemberField> properties, EnrollmentStanding enrollment) {}
