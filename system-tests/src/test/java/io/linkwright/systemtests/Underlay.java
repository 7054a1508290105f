package io.linkwright.systemtests;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
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
   * @param v6 the same in IPv6
   */
  record Site(NetworkNamespace namespace, IpAddress host, Cidr lan, IpAddress lanAddress, Ipv6 v6) {
    Shell shell() {
      return namespace.shell();
    }
  }

  /** A site's addresses in IPv6. */
  record Ipv6(IpAddress host, Cidr lan, IpAddress lanAddress) {
    static Ipv6 of(int site) {
      return new Ipv6(
          IpAddress.parse("2001:db8:%x::2".formatted(site)),
          Cidr.parse("2001:db8:1%02x::/48".formatted(site)),
          IpAddress.parse("2001:db8:1%02x::1".formatted(site)));
    }

    /** The router's end of the site's cable. */
    IpAddress gateway() {
      return host.plus(-1);
    }
  }

  static Underlay ofSites(int count) {
    Underlay underlay = new Underlay();
    underlay.router.shell().run("echo 1 >/proc/sys/net/ipv4/ip_forward");
    underlay.router.shell().run("echo 1 >/proc/sys/net/ipv6/conf/all/forwarding");
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
    Site site =
        new Site(namespace, network.plus(2), new Cidr(lan, 24), lan.plus(1), Ipv6.of(number));
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
    addIpv6(site, number);
  }

  private void addIpv6(Site site, int number) {
    Ipv6 v6 = site.v6();
    router.shell().run("ip address add %s/64 dev site%d nodad".formatted(v6.gateway(), number));
    site.shell().run("ip address add %s/64 dev underlay nodad".formatted(v6.host()));
    site.shell().run("ip -6 route add default via " + v6.gateway());
    site.shell().run("ip address add %s/128 dev lo".formatted(v6.lanAddress()));
  }

  @Override
  public void close() {
    sites.forEach(site -> site.namespace().close());
    router.close();
  }
}
