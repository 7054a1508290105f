package io.linkwright.terminal.settings;

/**
 * A value and where it was found, so that a complaint about it can say so.
 *
 * @param source as in {@code --server}, {@code LINKWRIGHT_SERVER} or {@code config.yaml:3: server}
 */
public record Setting(String value, String source) {}
