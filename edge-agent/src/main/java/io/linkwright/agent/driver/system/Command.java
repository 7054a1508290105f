package io.linkwright.agent.driver.system;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One program to run. Secrets travel in the input, because arguments can be read by every user of
 * the machine; the input is therefore never printed.
 *
 * @param purpose whether it changes anything
 * @param arguments the program first; without secrets
 * @param input what the program reads on its standard input; may hold secrets
 */
public record Command(Purpose purpose, List<String> arguments, Optional<String> input) {
  /** Keys of 128 bits and more, as {@code ip xfrm} writes them. */
  private static final Pattern HEXADECIMAL_KEY = Pattern.compile("0x[0-9a-fA-F]{32,}");

  /** What a command is run for. */
  public enum Purpose {
    /** To learn something. */
    READ,
    /** To change something. */
    WRITE,
    /** To send packets that carry nothing. */
    PROBE
  }

  /** Copies the list. */
  public Command {
    arguments = List.copyOf(arguments);
  }

  /** A command that changes nothing. */
  public static Command read(String... arguments) {
    return new Command(Purpose.READ, List.of(arguments), Optional.empty());
  }

  /** A command that changes something. */
  public static Command write(List<String> arguments) {
    return new Command(Purpose.WRITE, arguments, Optional.empty());
  }

  /** A command that changes something and is told what by its input. */
  public static Command write(List<String> arguments, String input) {
    return new Command(Purpose.WRITE, arguments, Optional.of(input));
  }

  /** The same text with every long hexadecimal number, which is how keys look, made unreadable. */
  public static String withoutKeys(String text) {
    return HEXADECIMAL_KEY.matcher(text).replaceAll("0x<secret>");
  }

  @Override
  public String toString() {
    return String.join(" ", arguments);
  }
}
