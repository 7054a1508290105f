package io.linkwright.command.writer;

import io.linkwright.domain.group.Rejection;

/** What became of a command. */
public sealed interface CommandAnswer {

  /** It is done, was done before under the same key, or asks for what is already so. */
  record Done(Receipt receipt) implements CommandAnswer {}

  /** It is refused; nothing was written. */
  record Refused(Rejection rejection) implements CommandAnswer {}

  /** Its key belongs to another command; nothing was written. */
  record KeyReused() implements CommandAnswer {}

  /** It could not be decided; nothing was written, and another try makes sense. */
  record NotReady(String reason) implements CommandAnswer {}

  /** It is on the log or it is not; a repeat with the same key will tell. */
  record OutcomeUnknown(String reason) implements CommandAnswer {}

  /** Deciding it failed, which is a bug; nothing was written. */
  record Failed() implements CommandAnswer {}
}
