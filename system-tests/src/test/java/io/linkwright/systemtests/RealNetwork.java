package io.linkwright.systemtests;

import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server process and sites in network namespaces, all members of one WireGuard partial mesh that
 * has no link yet. Their agents run in this JVM and make real tunnels.
 */
final class RealNetwork implements AutoCloseable {
  private final Underlay underlay;
  private final LinkwrightProcess.Site server;
  private final LinkwrightProcess process;
  private final LinkwrightApi api;
  private final AgentRuntime runtime = AgentRuntime.start();
  private final List<RealSite> sites = new ArrayList<>();
  private final List<EdgeAgent> agents = new ArrayList<>();

  private RealNetwork(Underlay underlay, LinkwrightProcess.Site server, LinkwrightProcess process) {
    this.underlay = underlay;
    this.server = server;
    this.process = process;
    this.api = new LinkwrightApi(server.server());
  }

  /** With so many sites, whose agents have been started. */
  static RealNetwork start(Path directory, String group, boolean dualTunnel, int siteCount) {
    RealTunnels.require("wg", "wireguard-go", "ip", "ping", "unshare", "nsenter");
    Underlay underlay = Underlay.ofSites(siteCount);
    LinkwrightProcess.Site server = LinkwrightProcess.Site.in(directory.resolve("server"));
    LinkwrightProcess process;
    try {
      process = LinkwrightProcess.up(server);
    } catch (RuntimeException | Error notUp) {
      underlay.close();
      throw notUp;
    }
    RealNetwork network = new RealNetwork(underlay, server, process);
    try {
      new Operator(network.api).createPartialMesh(group, TunnelProtocol.WIREGUARD, dualTunnel);
      network.join(directory, group, siteCount);
      return network;
    } catch (RuntimeException | Error notJoined) {
      network.close();
      throw notJoined;
    }
  }

  private void join(Path directory, String group, int siteCount) {
    for (int number = 0; number < siteCount; number++) {
      RealSite site = RealSite.of(underlay, number);
      site.join(api, group);
      sites.add(site);
      agents.add(site.start(server.server(), controller(), directory, runtime));
    }
  }

  LinkwrightProcess.Site server() {
    return server;
  }

  LinkwrightApi api() {
    return api;
  }

  ControllerPublicKey controller() {
    return server.controllerKey().publicKey();
  }

  EdgeId edge(int number) {
    return sites.get(number).edge();
  }

  /** What is typed at a site. */
  Shell at(int number) {
    return underlay.site(number).shell();
  }

  /** An address behind a site. */
  String lan(int number) {
    return underlay.site(number).lanAddress().toString();
  }

  @Override
  public void close() {
    agents.forEach(EdgeAgent::close);
    runtime.close();
    api.close();
    process.close();
    underlay.close();
  }
}
