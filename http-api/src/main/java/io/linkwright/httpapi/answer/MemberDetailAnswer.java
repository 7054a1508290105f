package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One member.
 *
 * @param revision of the group
 */
public record MemberDetailAnswer(long revision, @JsonUnwrapped MemberAnswer member) {}
