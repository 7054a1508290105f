package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Readiness;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A disk on which somebody else writes and makes room again. */
final class DiskReserveTest {
  private final AtomicLong free = new AtomicLong(1L << 30);
  private final AtomicLong nanoTime = new AtomicLong();
  private final DiskReserve reserve = new DiskReserve(Path.of("data"), free::get, nanoTime::get);

  private void becomes(long freeBytes) {
    free.set(freeBytes);
    nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void almostFullIsSaidAndRoomIsEnoughToBeReadyAgain() {
    assertThat(reserve.readiness()).isEqualTo(Readiness.ready());

    becomes(DiskReserve.FLOOR_BYTES - 1);
    assertThat(reserve.readiness())
        .isInstanceOfSatisfying(
            Readiness.NotReady.class,
            not -> assertThat(not.reason()).contains("almost full", "127 MiB", "data"));

    becomes(DiskReserve.FLOOR_BYTES + 1);
    assertThat(reserve.readiness()).isInstanceOf(Readiness.NotReady.class);

    becomes(DiskReserve.ENOUGH_BYTES);
    assertThat(reserve.readiness()).isEqualTo(Readiness.ready());
  }

  @Test
  void commandsAreRefusedWithWordsWhileQueriesGoOn() throws Exception {
    HttpModule groups =
        new HttpModule() {
          @Override
          public String name() {
            return "groups";
          }

          @Override
          public void routes(JavalinConfig config) {
            config.routes.get("/v1/groups", context -> context.result("listed"));
            config.routes.post("/v1/groups", context -> context.result("created"));
          }
        };
    try (HttpServer server =
            HttpServer.start(
                new HttpServerConfig("127.0.0.1", 0),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List.of(groups, reserve));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:%d/v1/groups".formatted(server.port())));
      HttpRequest create = request.copy().POST(HttpRequest.BodyPublishers.ofString("{}")).build();
      becomes(DiskReserve.FLOOR_BYTES - 1);

      HttpResponse<String> refused = client.send(create, HttpResponse.BodyHandlers.ofString());
      HttpResponse<String> listed =
          client.send(request.copy().GET().build(), HttpResponse.BodyHandlers.ofString());
      becomes(DiskReserve.ENOUGH_BYTES);
      HttpResponse<String> created = client.send(create, HttpResponse.BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("NOT_READY", "almost full");
      assertThat(refused.headers().firstValue("Retry-After")).contains("10");
      assertThat(listed.body()).isEqualTo("listed");
      assertThat(created.body()).isEqualTo("created");
    }
  }
}
