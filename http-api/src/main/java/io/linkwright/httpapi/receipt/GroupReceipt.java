package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;

/** A group was created or changed. */
public record GroupReceipt(long revision, @JsonUnwrapped GroupSettingsAnswer settings)
    implements CommandReceipt {}
