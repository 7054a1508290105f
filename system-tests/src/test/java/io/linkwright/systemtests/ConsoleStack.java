package io.linkwright.systemtests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.systemtests.Browser.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The console in a real browser, on the real stack with simulated edges. One for all tests of the
 * console, each of which has a group of its own: see {@link SharedConsole}.
 */
final class ConsoleStack implements AutoCloseable {
  private static final int LOG_LINES = 60;

  private final Path directory;
  private final Browser browser;
  private final LinkwrightProcess.Site site;
  private final LinkwrightProcess process;
  private final LinkwrightApi api;

  private ConsoleStack(Path directory, Browser browser) {
    this.directory = directory;
    this.browser = browser;
    this.site = LinkwrightProcess.Site.in(directory);
    this.process = LinkwrightProcess.up(site, "--simulate");
    this.api = new LinkwrightApi(site.server());
  }

  /** Skips the test if there is no browser. */
  static ConsoleStack start() {
    Browser browser = Browser.start();
    try {
      return new ConsoleStack(Files.createTempDirectory("linkwright-console-"), browser);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Browser browser() {
    return browser;
  }

  LinkwrightProcess.Site site() {
    return site;
  }

  LinkwrightApi api() {
    return api;
  }

  Operator operator() {
    return new Operator(api);
  }

  /** A partial mesh with one tunnel for each link, and its members. */
  void group(String id, TunnelProtocol protocol, String... edges) {
    ObjectNode body =
        Operator.object()
            .put("id", id)
            .put("topology", "partial-mesh")
            .put("tunnelProtocol", protocol.label());
    api.send(ApiCommand.post("/v1/groups", body));
    addMembers(id, List.of(edges));
  }

  /** A partial mesh of IPsec with two tunnels for each link, and its members. */
  void dualIpsec(String id, String... edges) {
    operator().createPartialMesh(id, TunnelProtocol.IPSEC);
    addMembers(id, List.of(edges));
  }

  /** The list of groups. */
  Page openGroups(Look look) {
    Page page = browser.page(look);
    page.navigate(address(""));
    return page;
  }

  /** A page of a group: its id, and what comes after it in the address. */
  Page open(String path, Look look) {
    // A group that the view does not show yet would be a page of its own.
    api.get("/v1/groups/" + path.split("[/?]", 2)[0] + "?minRevision=1");
    Page page = browser.page(look);
    page.navigate(address("/groups/" + path));
    return page;
  }

  String address(String path) {
    return site.server() + "/console" + path;
  }

  /** The last lines of the server's log. */
  void printLog() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("linkwright.log"));
      lines
          .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
          .forEach(System.out::println);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    api.close();
    process.close();
    browser.close();
    try (Stream<Path> left = Files.walk(directory)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void addMembers(String group, List<String> edges) {
    edges.forEach(edge -> operator().addMember(group, edge));
  }
}
