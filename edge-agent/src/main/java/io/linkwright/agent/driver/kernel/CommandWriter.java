package io.linkwright.agent.driver.kernel;

import io.linkwright.agent.driver.kernel.KernelObject.Address;
import io.linkwright.agent.driver.kernel.KernelObject.Association;
import io.linkwright.agent.driver.kernel.KernelObject.Identity;
import io.linkwright.agent.driver.kernel.KernelObject.Interface;
import io.linkwright.agent.driver.kernel.KernelObject.InterfaceKind;
import io.linkwright.agent.driver.kernel.KernelObject.Peer;
import io.linkwright.agent.driver.kernel.KernelObject.Policy;
import io.linkwright.agent.driver.kernel.KernelObject.Route;
import io.linkwright.agent.driver.system.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts changes into words of {@code ip} and {@code wg}. Each change of a WireGuard peer names this
 * peer and no other; neighbouring changes for {@code ip} share a process, and what {@code ip} is to
 * do goes to its standard input, because keys are part of it.
 */
final class CommandWriter {
  private static final List<String> IP_BATCH = List.of("ip", "-batch", "-");

  private final Optional<String> userSpaceProgram;
  private final List<Command> commands = new ArrayList<>();
  private final List<String> batch = new ArrayList<>();

  private CommandWriter(Optional<String> userSpaceProgram) {
    this.userSpaceProgram = userSpaceProgram;
  }

  /**
   * The commands of these changes, in their order.
   *
   * @param userSpaceProgram that makes a WireGuard interface of the name it is given, where the
   *     kernel is not to
   */
  static List<Command> write(List<Change> changes, Optional<String> userSpaceProgram) {
    CommandWriter writer = new CommandWriter(userSpaceProgram);
    changes.forEach(writer::add);
    writer.flush();
    return writer.commands;
  }

  private void add(Change change) {
    switch (change) {
      case Change.Put(KernelObject object, Optional<KernelObject> before) -> put(object, before);
      case Change.Remove(KernelObject object) -> remove(object);
    }
  }

  private void put(KernelObject object, Optional<KernelObject> before) {
    switch (object) {
      case Interface link -> putInterface(link, before);
      case Identity identity -> putIdentity(identity);
      case Address(String name, var address) ->
          ip("address replace %s/%d dev %s".formatted(address, address.family().bits(), name));
      case Peer peer -> putPeer(peer, before.map(Peer.class::cast));
      case Association association -> {
        before.ifPresent(this::remove);
        ip(XfrmText.add(association));
      }
      case Policy policy -> ip(XfrmText.update(policy));
      case Route(var subnet, String name, var source, int metric) ->
          ip(
              "route replace %s dev %s%s metric %d"
                  .formatted(subnet, name, source.map(from -> " src " + from).orElse(""), metric));
    }
  }

  private void putInterface(Interface link, Optional<KernelObject> before) {
    if (before.isEmpty()) {
      create(link);
    }
    ip(
        "link set dev %s mtu %d alias %s"
            .formatted(link.name(), link.kind().mtuBytes(), link.alias()));
    ip("link set dev %s up".formatted(link.name()));
  }

  private void create(Interface link) {
    if (link.kind() == InterfaceKind.WIREGUARD && userSpaceProgram.isPresent()) {
      run(Command.write(List.of(userSpaceProgram.get(), link.name())));
    } else {
      ip("link add dev %s type %s".formatted(link.name(), link.kind().label()));
    }
  }

  private void putIdentity(Identity identity) {
    List<String> arguments =
        new ArrayList<>(
            List.of("wg", "set", identity.interfaceName(), "private-key", "/dev/stdin"));
    identity
        .listenPort()
        .ifPresent(port -> arguments.addAll(List.of("listen-port", port.toString())));
    run(Command.write(arguments, identity.privateKey().base64() + "\n"));
  }

  /** Says only what has changed: to repeat the allowed IPs would take them away for a moment. */
  private void putPeer(Peer peer, Optional<Peer> before) {
    List<String> arguments =
        new ArrayList<>(List.of("wg", "set", peer.interfaceName(), "peer", peer.key().toString()));
    boolean newKey =
        peer.presharedKey().isPresent()
            && !before.map(Peer::presharedKey).equals(Optional.of(peer.presharedKey()));
    if (newKey) {
      arguments.addAll(List.of("preshared-key", "/dev/stdin"));
    }
    if (peer.endpoint().isPresent()
        && !before.map(Peer::endpoint).equals(Optional.of(peer.endpoint()))) {
      arguments.addAll(List.of("endpoint", peer.endpoint().get().toString()));
    }
    if (!before.map(Peer::allowedIps).equals(Optional.of(peer.allowedIps()))) {
      arguments.addAll(
          List.of(
              "allowed-ips",
              String.join(",", peer.allowedIps().stream().map(Object::toString).toList())));
    }
    arguments.addAll(List.of("persistent-keepalive", Integer.toString(peer.keepaliveSeconds())));
    run(
        newKey
            ? Command.write(arguments, peer.presharedKey().get().base64() + "\n")
            : Command.write(arguments));
  }

  private void remove(KernelObject object) {
    switch (object) {
      case Interface link -> ip("link delete dev " + link.name());
      case Identity identity ->
          run(
              Command.write(
                  List.of("wg", "set", identity.interfaceName(), "private-key", "/dev/null")));
      case Address(String name, var address) ->
          ip("address delete %s/%d dev %s".formatted(address, address.family().bits(), name));
      case Peer peer ->
          run(
              Command.write(
                  List.of(
                      "wg", "set", peer.interfaceName(), "peer", peer.key().toString(), "remove")));
      case Association association -> ip(XfrmText.delete(association));
      case Policy policy -> ip(XfrmText.delete(policy));
      case Route(var subnet, String name, _, int metric) ->
          ip("route delete %s dev %s metric %d".formatted(subnet, name, metric));
    }
  }

  private void ip(String line) {
    batch.add(line);
  }

  private void run(Command command) {
    flush();
    commands.add(command);
  }

  private void flush() {
    if (!batch.isEmpty()) {
      commands.add(Command.write(IP_BATCH, String.join("\n", batch) + "\n"));
      batch.clear();
    }
  }
}
