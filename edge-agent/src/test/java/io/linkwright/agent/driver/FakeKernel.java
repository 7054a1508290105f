package io.linkwright.agent.driver;

import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.SystemCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A kernel that keeps what {@code ip} and {@code wg} tell it, answers as they do, and can refuse at
 * any step. A line of a batch is a step. Not thread-safe.
 */
final class FakeKernel implements SystemCommands {
  private static final int NEVER = -1;

  private final Map<String, FakeInterface> interfaces = new TreeMap<>();
  private final FakeXfrm xfrm = new FakeXfrm();
  private final Set<String> uninstalled = new TreeSet<>();
  private final List<Command> writes = new ArrayList<>();
  private int stepsUntilFailure = NEVER;
  private boolean keepsFailing;

  /** A refusal, as the programs word it. */
  static final class Refusal extends RuntimeException {
    Refusal(String message) {
      super(message);
    }
  }

  /** The step after this many more is refused, and only that one. */
  void failAfter(int count) {
    stepsUntilFailure = count;
  }

  /** All steps are refused, after this many more. */
  void failFrom(int count) {
    failAfter(count);
    keepsFailing = true;
  }

  void heal() {
    stepsUntilFailure = NEVER;
    keepsFailing = false;
  }

  /** Whether the refusal that was ordered has not come about. */
  boolean isFailurePending() {
    return stepsUntilFailure != NEVER;
  }

  List<Command> writes() {
    return List.copyOf(writes);
  }

  void forgetWrites() {
    writes.clear();
  }

  FakeInterface link(String name) {
    FakeInterface link = interfaces.get(name);
    if (link == null) {
      throw new Refusal("Cannot find device \"%s\"".formatted(name));
    }
    return link;
  }

  FakeXfrm xfrm() {
    return xfrm;
  }

  /** The machine has restarted. */
  void boot() {
    interfaces.clear();
    xfrm.flush();
  }

  /** Somebody else's doing, in the words of {@code ip}. */
  void byHand(String line) {
    ip(line.split(" ", -1));
  }

  /** All there is, in text. */
  List<String> snapshot() {
    List<String> rows = new ArrayList<>(xfrm.snapshot());
    interfaces.values().forEach(link -> rows.addAll(link.snapshot()));
    return rows;
  }

  /** Somebody has removed it. */
  void uninstall(String program) {
    uninstalled.add(program);
  }

  @Override
  public CommandResult run(Command command) {
    if (uninstalled.contains(command.arguments().getFirst())) {
      return CommandResult.failure(127, command.arguments().getFirst() + " cannot be started");
    }
    try {
      return switch (command.purpose()) {
        case PROBE -> CommandResult.success("");
        case READ -> CommandResult.success(read(command.toString()));
        case WRITE -> {
          writes.add(command);
          write(command);
          yield CommandResult.success("");
        }
      };
    } catch (Refusal refusal) {
      return CommandResult.failure(2, refusal.getMessage());
    }
  }

  private String read(String command) {
    String name = command.substring(command.lastIndexOf(' ') + 1);
    return switch (command) {
      case "ip -j -d link show" -> FakeInterface.json(interfaces.values(), FakeInterface::json);
      case "ip xfrm state", "ip -s xfrm state" -> xfrm.listStates();
      case "ip xfrm policy" -> xfrm.listPolicies();
      case "wg --version" -> "wireguard-tools";
      default -> {
        if (command.startsWith("wg show ")) {
          yield link(command.split(" ", -1)[2]).dump();
        }
        yield command.contains(" address ")
            ? link(name).addressesJson()
            : link(name).routesJson(command.contains("-6") ? ":" : ".");
      }
    };
  }

  private void write(Command command) {
    List<String> words = command.arguments();
    switch (words.getFirst()) {
      case "ip" -> command.input().orElseThrow().lines().forEach(this::step);
      case "wg" -> {
        countStep();
        link(words.get(2)).set(words.subList(3, words.size()), command.input().orElse(""));
      }
      default -> {
        countStep();
        interfaces.put(words.get(1), new FakeInterface(words.get(1), "tun"));
      }
    }
  }

  private void step(String line) {
    countStep();
    ip(line.split(" ", -1));
  }

  private void countStep() {
    if (stepsUntilFailure == 0) {
      stepsUntilFailure = keepsFailing ? 0 : NEVER;
      throw new Refusal("RTNETLINK answers: Cannot allocate memory");
    }
    if (stepsUntilFailure != NEVER) {
      stepsUntilFailure--;
    }
  }

  private void ip(String[] words) {
    switch (words[0] + " " + words[1]) {
      case "link add" -> {
        if (interfaces.containsKey(words[3])) {
          throw new Refusal("RTNETLINK answers: File exists");
        }
        interfaces.put(words[3], new FakeInterface(words[3], words[5]));
      }
      case "link set" -> link(words[3]).change(List.of(words).subList(4, words.length));
      case "link delete" -> interfaces.remove(link(words[3]).name());
      case "address replace", "address delete" -> link(words[4]).address(words[1], words[2]);
      case "route replace", "route delete" ->
          link(words[4]).route(words[1], List.of(words).subList(2, words.length));
      case "xfrm state", "xfrm policy" -> xfrm.change(List.of(words).subList(1, words.length));
      default -> throw new AssertionError("not understood: " + String.join(" ", words));
    }
  }
}
