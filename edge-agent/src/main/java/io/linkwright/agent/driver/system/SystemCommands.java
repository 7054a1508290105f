package io.linkwright.agent.driver.system;

/** Runs programs of the system underneath. Implementations are thread-safe. */
public interface SystemCommands {

  /**
   * Runs a command to its end, for a bounded time. Never throws: a program that cannot be started
   * or does not end is a failure that says so.
   */
  CommandResult run(Command command);
}
