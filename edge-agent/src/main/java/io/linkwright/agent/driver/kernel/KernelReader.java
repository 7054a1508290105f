package io.linkwright.agent.driver.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.linkwright.agent.driver.kernel.KernelObject.Address;
import io.linkwright.agent.driver.kernel.KernelObject.Interface;
import io.linkwright.agent.driver.kernel.KernelObject.InterfaceKind;
import io.linkwright.agent.driver.kernel.KernelObject.OperatorState;
import io.linkwright.agent.driver.kernel.KernelObject.Route;
import io.linkwright.agent.driver.kernel.WireGuardDump.PeerLine;
import io.linkwright.agent.driver.system.Command;
import io.linkwright.agent.driver.system.CommandResult;
import io.linkwright.agent.driver.system.SystemCommands;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what of the kernel's tables is ours. */
final class KernelReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MADE_BY_KERNEL = "kernel";

  private final SystemCommands commands;
  private final KernelSettings settings;

  /** What has been found until now. */
  private static final class Findings {
    private final List<KernelObject> ours = new ArrayList<>();
    private final List<KernelObject> waiting = new ArrayList<>();
    private final Map<String, String> taken = new HashMap<>();
  }

  KernelReader(SystemCommands commands, KernelSettings settings) {
    this.commands = commands;
    this.settings = settings;
  }

  KernelView read() throws KernelException {
    requireProgram();
    Findings findings = new Findings();
    for (JsonNode link : json(Command.read("ip", "-j", "-d", "link", "show"))) {
      String name = link.path("ifname").asText();
      if (settings.interfaces().contains(name)) {
        readInterface(name, link, findings);
      }
    }
    switch (settings.protocol()) {
      case WIREGUARD -> {}
      case IPSEC -> {
        findings.ours.addAll(XfrmReader.associations(output(Command.read("ip", "xfrm", "state"))));
        findings.ours.addAll(XfrmReader.policies(output(Command.read("ip", "xfrm", "policy"))));
      }
    }
    return new KernelView(
        KernelState.of(findings.ours), KernelState.of(findings.waiting), findings.taken);
  }

  /**
   * What WireGuard says of an interface.
   *
   * @throws KernelException if it is none of WireGuard's
   */
  WireGuardDump wireGuard(String name) throws KernelException {
    return WireGuardDump.parse(name, output(Command.read("wg", "show", name, "dump")));
  }

  String output(Command command) throws KernelException {
    CommandResult result = commands.run(command);
    if (!result.succeeded()) {
      throw new KernelException(command + ": " + result.reason());
    }
    return result.output();
  }

  /** Without it our own interfaces would look like somebody else's. */
  private void requireProgram() throws KernelException {
    switch (settings.protocol()) {
      case WIREGUARD -> {
        var _ = output(Command.read("wg", "--version"));
      }
      case IPSEC -> {}
    }
  }

  private void readInterface(String name, JsonNode link, Findings findings) throws KernelException {
    String kind = link.path("linkinfo").path("info_kind").asText("no virtual interface");
    String alias = link.path("ifalias").asText("");
    OperatorState state = isUp(link) ? OperatorState.UP : OperatorState.DOWN;
    switch (settings.protocol()) {
      case WIREGUARD -> {
        Optional<WireGuardDump> dump = wireGuardIfAny(name);
        Interface found = new Interface(name, InterfaceKind.WIREGUARD, alias, state);
        if (dump.isPresent() && isOurs(alias, dump.get())) {
          findings.ours.add(found);
          dump.get().identity().ifPresent(findings.ours::add);
          dump.get().peers().stream().map(PeerLine::peer).forEach(findings.ours::add);
          readWhatItCarries(name, findings.ours);
        } else if (dump.isPresent() && isWaiting(alias, dump.get())) {
          findings.waiting.add(found);
        } else {
          findings.taken.put(name, describe(kind, alias));
        }
      }
      case IPSEC -> {
        Interface found = new Interface(name, InterfaceKind.DUMMY, alias, state);
        boolean rightKind = kind.equals(InterfaceKind.DUMMY.label());
        if (rightKind && alias.equals(settings.alias())) {
          findings.ours.add(found);
          readWhatItCarries(name, findings.ours);
        } else if (rightKind && alias.isEmpty() && state == OperatorState.DOWN) {
          findings.waiting.add(found);
        } else {
          findings.taken.put(name, describe(kind, alias));
        }
      }
    }
  }

  /** Our key on it makes it ours too: the agent may have ended before it could say so. */
  private boolean isOurs(String alias, WireGuardDump dump) {
    return alias.equals(settings.alias())
        || dump.identity()
            .filter(identity -> settings.ownKeys().contains(identity.privateKey()))
            .isPresent();
  }

  private static boolean isWaiting(String alias, WireGuardDump dump) {
    return alias.isEmpty() && dump.identity().isEmpty() && dump.peers().isEmpty();
  }

  private static String describe(String kind, String alias) {
    return alias.isEmpty() ? kind : "%s, alias %s".formatted(kind, alias);
  }

  private void readWhatItCarries(String name, List<KernelObject> ours) throws KernelException {
    readAddresses(name, ours);
    readRoutes(name, "-4", ours);
    readRoutes(name, "-6", ours);
  }

  private Optional<WireGuardDump> wireGuardIfAny(String name) {
    CommandResult result = commands.run(Command.read("wg", "show", name, "dump"));
    return result.succeeded()
        ? Optional.of(WireGuardDump.parse(name, result.output()))
        : Optional.empty();
  }

  private void readAddresses(String name, List<KernelObject> ours) throws KernelException {
    for (JsonNode link : json(Command.read("ip", "-j", "address", "show", "dev", name))) {
      for (JsonNode address : link.path("addr_info")) {
        if (address.path("scope").asText().equals("global")) {
          ours.add(new Address(name, IpAddress.parse(address.path("local").asText())));
        }
      }
    }
  }

  private void readRoutes(String name, String family, List<KernelObject> ours)
      throws KernelException {
    for (JsonNode route : json(Command.read("ip", "-j", family, "route", "show", "dev", name))) {
      if (!route.path("protocol").asText().equals(MADE_BY_KERNEL)) {
        ours.add(
            new Route(
                subnet(route.path("dst").asText(), family),
                name,
                Optional.ofNullable(route.path("prefsrc").asText(null)).map(IpAddress::parse),
                route.path("metric").asInt()));
      }
    }
  }

  private static Cidr subnet(String text, String family) {
    if (text.equals("default")) {
      return Cidr.parse(family.equals("-4") ? "0.0.0.0/0" : "::/0");
    }
    return text.indexOf('/') < 0 ? Cidr.host(IpAddress.parse(text)) : Cidr.parse(text);
  }

  private static boolean isUp(JsonNode link) {
    for (JsonNode flag : link.path("flags")) {
      if (flag.asText().equals("UP")) {
        return true;
      }
    }
    return false;
  }

  private JsonNode json(Command command) throws KernelException {
    try {
      return JSON.readTree(output(command));
    } catch (JsonProcessingException malformed) {
      throw new KernelException(
          command + " does not answer in JSON: iproute2 is too old", malformed);
    }
  }
}
