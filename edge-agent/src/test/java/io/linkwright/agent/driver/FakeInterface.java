package io.linkwright.agent.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An interface of the fake kernel. */
final class FakeInterface {
  private final String name;
  private final String kind;
  private final TreeSet<String> addresses = new TreeSet<>();
  private final Map<String, String> routes = new TreeMap<>();
  private final Map<String, FakePeer> peers = new TreeMap<>();
  private String alias = "";
  private String mtu = "1500";
  private boolean up;
  private String privateKey = "(none)";
  private String port = "40000";

  FakeInterface(String name, String kind) {
    this.name = name;
    this.kind = kind;
  }

  String name() {
    return name;
  }

  FakePeer peer(String key) {
    return peers.get(key);
  }

  Collection<FakePeer> peers() {
    return peers.values();
  }

  void change(List<String> words) {
    for (int position = 0; position < words.size(); position++) {
      switch (words.get(position)) {
        case "up" -> up = true;
        case "down" -> {
          up = false;
          routes.clear();
        }
        case "mtu" -> mtu = words.get(++position);
        case "alias" -> alias = words.get(++position);
        default -> throw new AssertionError("not understood: " + words);
      }
    }
  }

  void address(String verb, String address) {
    if (verb.equals("replace")) {
      addresses.add(address);
    } else if (!addresses.remove(address)) {
      throw new FakeKernel.Refusal("RTNETLINK answers: Cannot assign requested address");
    }
  }

  /** {@code subnet dev name [src address] metric number}. */
  void route(String verb, List<String> words) {
    String key = words.getFirst() + " metric " + words.getLast();
    if (verb.equals("replace")) {
      if (!up) {
        throw new FakeKernel.Refusal("Error: Device for nexthop is not up.");
      }
      routes.put(key, words.get(3).equals("src") ? words.get(4) : "");
    } else if (routes.remove(key) == null) {
      throw new FakeKernel.Refusal("RTNETLINK answers: No such process");
    }
  }

  /** What follows {@code wg set NAME}. */
  void set(List<String> words, String input) {
    if (words.getFirst().equals("private-key")) {
      privateKey = words.get(1).equals("/dev/null") ? "(none)" : input.strip();
      if (words.contains("listen-port")) {
        port = words.getLast();
      }
      return;
    }
    String key = words.get(1);
    if (words.getLast().equals("remove")) {
      peers.remove(key);
      return;
    }
    FakePeer peer = peers.computeIfAbsent(key, FakePeer::new);
    for (int position = 2; position < words.size(); position += 2) {
      String value = words.get(position + 1);
      switch (words.get(position)) {
        case "preshared-key" -> peer.presharedKey = input.strip();
        case "endpoint" -> peer.endpoint = value;
        case "allowed-ips" -> allow(peer, value);
        case "persistent-keepalive" -> peer.keepalive = value;
        default -> throw new AssertionError("not understood: " + words);
      }
    }
  }

  /** An address leads to one peer only: the last that claimed it. */
  private void allow(FakePeer peer, String list) {
    List<String> claimed = Arrays.asList(list.split(",", -1));
    peers.values().forEach(other -> other.allowedIps.removeAll(claimed));
    peer.allowedIps.clear();
    peer.allowedIps.addAll(claimed);
  }

  String dump() {
    if (kind.equals("dummy")) {
      throw new FakeKernel.Refusal("Unable to access interface: Operation not supported");
    }
    StringBuilder text =
        new StringBuilder(privateKey + "\tpublic-of-the-above\t" + port + "\toff\n");
    peers.values().forEach(peer -> text.append(peer.dump()));
    return text.toString();
  }

  static <T> String json(Collection<T> values, Function<T, String> toJson) {
    return values.stream().map(toJson).collect(Collectors.joining(",", "[", "]"));
  }

  String json() {
    return """
    {"ifname":"%s","flags":[%s],"mtu":%s,"linkinfo":{"info_kind":"%s"}%s}\
    """
        .formatted(
            name,
            up ? "\"UP\"" : "",
            mtu,
            kind,
            alias.isEmpty() ? "" : ",\"ifalias\":\"" + alias + "\"");
  }

  String addressesJson() {
    return "[{\"addr_info\":"
        + json(
            addresses,
            address ->
                "{\"local\":\"%s\",\"scope\":\"global\"}"
                    .formatted(address.substring(0, address.indexOf('/'))))
        + "}]";
  }

  String routesJson(String familyMark) {
    return json(
        routes.entrySet().stream()
            .filter(route -> route.getKey().contains(familyMark))
            .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
            .toList(),
        route -> {
          String[] words = route.getKey().split(" ", -1);
          return "{\"dst\":\"%s\",\"metric\":%s%s}"
              .formatted(
                  words[0].replaceFirst("(?<=\\.\\d{1,3})/32$", ""),
                  words[2],
                  route.getValue().isEmpty()
                      ? ""
                      : ",\"prefsrc\":\"%s\"".formatted(route.getValue()));
        });
  }

  List<String> snapshot() {
    List<String> rows = new ArrayList<>();
    rows.add("link %s %s alias=%s mtu=%s up=%s".formatted(name, kind, alias, mtu, up));
    addresses.forEach(address -> rows.add(name + " address " + address));
    routes.forEach((route, source) -> rows.add(name + " route " + route + " src " + source));
    if (!kind.equals("dummy")) {
      rows.add("%s key %s".formatted(name, privateKey));
      peers.values().forEach(peer -> rows.add(name + " " + peer.dump().strip()));
    }
    return rows;
  }
}
