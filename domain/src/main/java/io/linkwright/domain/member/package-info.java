/** A member of a group: a device with its keys, or a place that a token opens. */
package io.linkwright.domain.member;
