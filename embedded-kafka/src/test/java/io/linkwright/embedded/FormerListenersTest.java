package io.linkwright.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerListenersTest {
  private static final int TIMEOUT_MS = 5_000;

  @TempDir private Path directory;

  @Test
  void whereTheLastRunListenedConnectionsAreAcceptedUntilTheStartIsOver() throws IOException {
    int former = LoopbackPort.free(0);
    try (FormerListeners firstStart = FormerListeners.hold(directory)) {
      firstStart.remember(former);
      firstStart.startedAt(former);
    }

    Socket marker;
    try (FormerListeners _ = FormerListeners.hold(directory)) {
      marker = connect(former);
    }

    try (marker) {
      assertThat(isBroken(marker)).isTrue();
      assertThatThrownBy(() -> connect(former)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aStartThatFailedIsRememberedBesideTheOneBefore() throws IOException {
    int started = LoopbackPort.free(0);
    int failed = LoopbackPort.free(0);
    try (FormerListeners firstStart = FormerListeners.hold(directory)) {
      firstStart.startedAt(started);
      firstStart.remember(failed);
    }

    try (FormerListeners _ = FormerListeners.hold(directory)) {
      connect(started).close();
      connect(failed).close();
    }
  }

  /** Whether the other side has ended or reset the connection; nothing is ever sent on it. */
  private static boolean isBroken(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException alive) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(LoopbackPort.HOST), port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }
}
