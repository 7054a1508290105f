package io.linkwright.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.http.access.Access;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.LivenessAnswer;
import io.linkwright.httpapi.answer.ReadinessAnswer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    routes.get(ApiPaths.LIVENESS, this::live, Access.ANYONE);
    routes.get(ApiPaths.READINESS, this::ready, Access.ANYONE);
    routes.get("/metrics", this::metrics, Access.ANYONE);
  }

  private void live(Context context) {
    Map<String, LivenessAnswer.Module> parts = new LinkedHashMap<>();
    modules.forEach(module -> parts.put(module.name(), part(module.liveness())));
    boolean all = parts.values().stream().allMatch(LivenessAnswer.Module::live);
    Answers.json(context, all ? 200 : 503, new LivenessAnswer(all, parts));
  }

  private static LivenessAnswer.Module part(Liveness liveness) {
    return switch (liveness) {
      case Liveness.Alive() -> new LivenessAnswer.Module(true, Optional.empty());
      case Liveness.Dead(String reason) -> new LivenessAnswer.Module(false, Optional.of(reason));
    };
  }

  private void ready(Context context) {
    Map<String, ReadinessAnswer.Module> parts = new LinkedHashMap<>();
    modules.forEach(module -> parts.put(module.name(), part(module.readiness())));
    boolean all = parts.values().stream().allMatch(ReadinessAnswer.Module::ready);
    Answers.json(context, all ? 200 : 503, new ReadinessAnswer(all, parts));
  }

  private static ReadinessAnswer.Module part(Readiness readiness) {
    return switch (readiness) {
      case Readiness.Ready() -> new ReadinessAnswer.Module(true, Optional.empty());
      case Readiness.NotReady(String reason) ->
          new ReadinessAnswer.Module(false, Optional.of(reason));
    };
  }

  private void metrics(Context context) {
    context.contentType(PROMETHEUS_TEXT).result(metrics.scrape());
  }
}
