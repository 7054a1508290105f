package io.linkwright.console;

import java.util.Optional;

/** As whom the console speaks to the services. */
public sealed interface ConsoleAccess {

  /**
   * As itself, whoever looks at it: for the loopback, where nobody is asked who they are.
   *
   * @param token that it shows to the services; empty if they ask for none. Secret
   */
  record AsItself(Optional<String> token) implements ConsoleAccess {
    @Override
    public String toString() {
      return "AsItself[redacted]";
    }
  }

  /**
   * Visitors sign in, and command as who they are. What there is to see it reads as itself: all
   * visitors see the same.
   *
   * @param token of an auditor, that it reads with. Secret
   */
  record OfVisitors(String token) implements ConsoleAccess {
    @Override
    public String toString() {
      return "OfVisitors[redacted]";
    }
  }

  /** What the console reads with. */
  default Optional<String> ownToken() {
    return switch (this) {
      case AsItself(Optional<String> token) -> token;
      case OfVisitors(String token) -> Optional.of(token);
    };
  }
}
