package io.linkwright.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.http.access.Access;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** {@code /livez}, {@code /readyz} and {@code /metrics}. */
final class HealthRoutes {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final List<HttpModule> modules;
  private final PrometheusMeterRegistry metrics;

  HealthRoutes(List<HttpModule> modules, PrometheusMeterRegistry metrics) {
    this.modules = modules;
    this.metrics = metrics;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/livez", this::live, Access.ANYONE);
    routes.get("/readyz", this::ready, Access.ANYONE);
    routes.get("/metrics", this::metrics, Access.ANYONE);
  }

  private void live(Context context) {
    ObjectNode byModule = Json.mapper().createObjectNode();
    boolean all = true;
    for (HttpModule module : modules) {
      ObjectNode entry = byModule.putObject(module.name());
      switch (module.liveness()) {
        case Liveness.Alive() -> entry.put("live", true);
        case Liveness.Dead(String reason) -> {
          entry.put("live", false).put("reason", reason);
          all = false;
        }
      }
    }
    ObjectNode body = Json.mapper().createObjectNode().put("live", all);
    body.set("modules", byModule);
    Answers.json(context, all ? 200 : 503, body);
  }

  private void ready(Context context) {
    ObjectNode byModule = Json.mapper().createObjectNode();
    boolean all = true;
    for (HttpModule module : modules) {
      ObjectNode entry = byModule.putObject(module.name());
      switch (module.readiness()) {
        case Readiness.Ready() -> entry.put("ready", true);
        case Readiness.NotReady(String reason) -> {
          entry.put("ready", false).put("reason", reason);
          all = false;
        }
      }
    }
    ObjectNode body = Json.mapper().createObjectNode().put("ready", all);
    body.set("modules", byModule);
    Answers.json(context, all ? 200 : 503, body);
  }

  private void metrics(Context context) {
    context.contentType(PROMETHEUS_TEXT).result(metrics.scrape());
  }
}
