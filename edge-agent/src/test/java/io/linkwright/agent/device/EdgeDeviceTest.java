package io.linkwright.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.linkwright.agent.store.DirectoryLock;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.EnrollmentReceipt;
import io.linkwright.httpapi.receipt.MemberState;
import io.linkwright.httpapi.receipt.ReconfiguredEdges;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that has joined, and what is done on it. */
final class EdgeDeviceTest {
  private static final DeviceDriver SIMULATED =
      new DeviceDriver(DriverKind.SIMULATED, Optional.empty(), Optional.empty());

  @TempDir private Path directory;
  private final StringWriter said = new StringWriter();
  private EdgeHome home;

  @BeforeEach
  void join() {
    home = new EdgeHome(directory.resolve("edge"));
    home.create();
    var _ = home.firstKeys();
    home.write(profile(URI.create("http://127.0.0.1:1")));
  }

  private static EdgeProfile profile(URI server) {
    return new EdgeProfile(
        new EdgeId("denver"),
        server,
        ControllerKey.generate().publicKey(),
        new TreeSet<>(List.of(new GroupId("west"))));
  }

  @Test
  void aDryRunConnectsToNobodyAndWritesNothing() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      home.write(profile(URI.create("http://127.0.0.1:" + server.getLocalPort())));
      Map<Path, String> before = files();

      new EdgeDryRun(home, out()).print(SIMULATED);

      assertThat(said.toString())
          .contains("the server is not asked", "no configuration is stored", "no tunnel is made");
      assertThat(files()).isEqualTo(before);
      server.setSoTimeout(200);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void whileAnAgentRunsNeitherASecondOneNorAJoinIsLetIn() {
    try (DirectoryLock _ = home.lock()) {
      assertThatThrownBy(this::run)
          .isInstanceOf(EdgeFailure.class)
          .hasMessageContaining(home.directory().toString())
          .hasMessageContaining("in use");
      assertThatThrownBy(() -> new EdgeJoin(home, null).join(ticket(), EdgeJoin.Keys.KEEP))
          .isInstanceOf(EdgeFailure.class)
          .hasMessageContaining("in use");
      assertThat(HeldConfiguration.read(home).path("edge").asText()).isEqualTo("denver");
      new EdgeDryRun(home, out()).print(SIMULATED);
    }
  }

  @Test
  void keysThatAreGoneAreNotMadeAnew() throws Exception {
    Files.delete(home.directory().resolve("keys.json"));

    assertThatThrownBy(this::run).hasMessageContaining("keys.json is gone");
    assertThatThrownBy(() -> HeldConfiguration.read(home)).hasMessageContaining("is gone");
    assertThatThrownBy(() -> new EdgeJoin(home, null).join(ticket(), EdgeJoin.Keys.KEEP))
        .hasMessageContaining("join again with --new-keys");
    assertThat(home.directory().resolve("keys.json")).doesNotExist();
  }

  @Test
  void whoAnswersInPlaceOfTheTokensControllerIsNotTrusted() throws Exception {
    byte[] answer = enrollment(ControllerKey.generate().publicKey());
    HttpServer impostor =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    impostor.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    impostor.start();
    URI server = URI.create("http://127.0.0.1:" + impostor.getAddress().getPort());
    EdgeHome fresh = new EdgeHome(directory.resolve("fresh"));
    EnrollmentToken token =
        EnrollmentToken.of("0123456789abcdef", new byte[EnrollmentToken.SECRET_BYTES]);
    try (LinkwrightApi api = new LinkwrightApi(server)) {
      EdgeJoin.Ticket ticket =
          new EdgeJoin.Ticket(server, new GroupId("west"), new EdgeId("denver"), token);

      assertThatThrownBy(() -> new EdgeJoin(fresh, api).join(ticket, EdgeJoin.Keys.KEEP))
          .isInstanceOf(EdgeFailure.class)
          .hasMessageContaining("the token names 0123456789abcdef")
          .hasMessageNotContaining(token.reveal());
    } finally {
      impostor.stop(0);
    }
    assertThat(fresh.profile()).isEmpty();
    assertThat(fresh.hasKeys()).isFalse();
  }

  private static byte[] enrollment(ControllerPublicKey controller) {
    EdgeId denver = new EdgeId("denver");
    MemberState member =
        new MemberState(
            denver,
            "Denver",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            EnrollmentStanding.ENROLLED,
            Optional.empty(),
            List.of());
    return ApiJson.bytes(
        new EnrollmentReceipt(
            1,
            member,
            new ReconfiguredEdges(List.of(denver), List.of()),
            controller.key(),
            controller.keyId(),
            "/v1/edges/denver/connect",
            "linkwright.v1"));
  }

  @Test
  void aDirectoryOrKeysThatOthersCanReadAreRefused() throws Exception {
    Files.setPosixFilePermissions(
        home.directory().resolve("keys.json"), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::run).hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(home.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(this::run).hasMessageContaining("chmod 700");
  }

  @Test
  void anAgentThatCannotGoOnEndsTheProcessOrIsEnded() throws Exception {
    CountDownLatch halted = new CountDownLatch(1);
    try (BrokenAgent broken =
        BrokenAgent.interruptingThisThread(Duration.ofMillis(1), halted::countDown)) {
      broken.by(new OutOfMemoryError("test"));

      while (!Thread.interrupted()) {
        Thread.onSpinWait();
      }
      assertThat(broken.cause()).containsInstanceOf(OutOfMemoryError.class);
      halted.await();
    }
  }

  private void run() {
    new EdgeDaemon(home, out())
        .runUntilInterrupted(new EdgeDaemon.Settings(SIMULATED, Optional.empty()));
  }

  private static EdgeJoin.Ticket ticket() {
    return new EdgeJoin.Ticket(
        URI.create("http://127.0.0.1:1"), new GroupId("west"), new EdgeId("denver"), null);
  }

  private PrintWriter out() {
    return new PrintWriter(said);
  }

  private Map<Path, String> files() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(home.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, Files.readString(file));
      }
    }
    return contents;
  }
}
