package io.linkwright.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.systemtests.Browser.Look;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A page of another origin in the operator's browser: it needs no permission to send, and must
 * reach nothing by it.
 */
@Tag("browser")
@ExtendWith(SharedConsole.class)
final class ForeignPageTest {
  private static final String GROUP =
      "{\"id\":\"of-a-stranger\",\"topology\":\"partial-mesh\",\"tunnelProtocol\":\"wireguard\"}";

  private final ConsoleStack stack;
  private HttpServer stranger;

  ForeignPageTest(ConsoleStack stack) {
    this.stack = stack;
  }

  @BeforeEach
  void startTheOtherSite() throws IOException {
    stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stranger.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>Kittens</title>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    stranger.start();
  }

  @AfterEach
  void stop() {
    stranger.stop(0);
    stack.browser().forgetComplaints();
  }

  @Test
  void createsNoGroupAndRemovesNoMember() {
    stack.group("foreign-page", TunnelProtocol.WIREGUARD, "denver");
    Page page = openStranger("localhost");

    send(page, "/v1/groups", GROUP);
    send(page, "/v1/groups/foreign-page/members/denver:revoke", "");

    assertThat(stack.api().find("/v1/groups/of-a-stranger", GroupAnswer.class)).isEmpty();
    assertThat(
            stack
                .api()
                .get("/v1/groups/foreign-page/members/denver?minRevision=2")
                .path("enrollment")
                .textValue())
        .isNotEqualTo("revoked");
  }

  @Test
  void opensNoWebSocket() {
    Page page = openStranger("127.0.0.1");

    Object opened =
        page.evaluate(
            """
            url => new Promise(done => {
              const socket = new WebSocket(url);
              socket.onopen = () => done(true);
              socket.onerror = () => done(false);
            })
            """,
            stack.site().server().toString().replace("http", "ws") + "/v1/edges/denver/connect");

    assertThat(opened).isEqualTo(false);
  }

  private Page openStranger(String host) {
    Page page = stack.browser().page(Look.LIGHT);
    page.navigate("http://%s:%d/".formatted(host, stranger.getAddress().getPort()));
    return page;
  }

  /** As a page may without being asked: the answer stays hidden, the request is sent. */
  private void send(Page page, String path, String body) {
    page.evaluate(
        "request => fetch(request.url, {method: 'POST', mode: 'no-cors', body: request.body})",
        Map.of("url", stack.site().server() + path, "body", body));
  }
}
