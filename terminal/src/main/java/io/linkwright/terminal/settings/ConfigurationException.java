package io.linkwright.terminal.settings;

/** What is configured makes no sense; the message says where that stands and what is allowed. */
public final class ConfigurationException extends RuntimeException {
  ConfigurationException(String message) {
    super(message);
  }
}
