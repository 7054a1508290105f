package io.linkwright.systemtests;

import io.linkwright.domain.Cidr;
import io.linkwright.domain.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Sites around a router, each in a network namespace: the internet that tunnels go through. */
final class Underlay implements AutoCloseable {
  private static final IpAddress FIRST_NETWORK = IpAddress.parse("192.0.2.0");
  private static final int ADDRESSES_PER_NETWORK = 4;
  private static final IpAddress FIRST_LAN = IpAddress.parse("198.18.0.0");
  private static final int ADDRESSES_PER_LAN = 256;

  private final NetworkNamespace router = NetworkNamespace.open();
  private final List<Site> sites = new ArrayList<>();

  /**
   * A site.
   *
   * @param host where the others find it
   * @param lan behind it
   * @param lanAddress something in {@code lan} that answers
   */
  record Site(NetworkNamespace namespace, IpAddress host, Cidr lan, IpAddress lanAddress) {
    Shell shell() {
      return namespace.shell();
    }
  }

  static Underlay ofSites(int count) {
    Underlay underlay = new Underlay();
    underlay.router.shell().run("echo 1 >/proc/sys/net/ipv4/ip_forward");
    for (int number = 0; number < count; number++) {
      underlay.addSite(number);
    }
    return underlay;
  }

  Site site(int number) {
    return sites.get(number);
  }

  Shell router() {
    return router.shell();
  }

  private void addSite(int number) {
    NetworkNamespace namespace = NetworkNamespace.open();
    IpAddress network = FIRST_NETWORK.plus((long) number * ADDRESSES_PER_NETWORK);
    IpAddress gateway = network.plus(1);
    IpAddress lan = FIRST_LAN.plus((long) number * ADDRESSES_PER_LAN);
    Site site = new Site(namespace, network.plus(2), new Cidr(lan, 24), lan.plus(1));
    sites.add(site);
    router
        .shell()
        .run(
            "ip link add site%d type veth peer name underlay netns %d"
                .formatted(number, namespace.processId()));
    router
        .shell()
        .run(
            "ip address add %s/30 dev site%d && ip link set site%d up"
                .formatted(gateway, number, number));
    site.shell()
        .run("ip address add %s/30 dev underlay && ip link set underlay up".formatted(site.host()));
    site.shell().run("ip route add default via " + gateway);
    site.shell().run("ip address add %s/32 dev lo".formatted(site.lanAddress()));
  }

  @Override
  public void close() {
    sites.forEach(site -> site.namespace().close());
    router.close();
  }
}
