package io.linkwright.standalone.command;

import io.linkwright.cli.cluster.ClusterAccess;
import io.linkwright.cli.cluster.ClusterOptions;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.standalone.run.RunException;
import io.linkwright.standalone.serve.ServiceRun;
import io.linkwright.standalone.serve.ServiceRun.Part;
import io.linkwright.terminal.command.CommandFailure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every service needs: its cluster, and where it listens. */
final class ServeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of the HTTP server. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--create-topics",
      description = "Create the topics that do not exist, for the first start of an installation")
  private boolean createTopics;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "" + TopicLayout.DEFAULT_PARTITIONS,
      description = "Of every topic that is created, fixed for ever. Default: ${DEFAULT-VALUE}")
  private int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Copies of every topic that is created. Default: 3, with fewer brokers 1")
  private Optional<Short> replication;

  @Option(
      names = "--min-insync-replicas",
      paramLabel = "N",
      description =
          "Copies that must have a record before it counts. Default: 2, with fewer than 3 brokers"
              + " 1")
  private Optional<Integer> minInsyncReplicas;

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /**
   * Runs a service until a signal ends it.
   *
   * @param service how it is started, once its configuration has been found good
   */
  int serve(Function<ClusterAccess, Function<PrometheusMeterRegistry, Part>> service) {
    HttpServerConfig http = checked(() -> new HttpServerConfig(host, port));
    IntFunction<TopicLayout> layout = checked(this::layout);
    try {
      ClusterAccess access = cluster.access();
      Function<PrometheusMeterRegistry, Part> start = checked(() -> service.apply(access));
      ServiceRun.untilInterrupted(
          http,
          command.commandLine().getOut(),
          metrics -> {
            if (createTopics) {
              access.ensureTopics(layout);
            }
            access.checkTopics();
            return start.apply(metrics);
          });
      return 0;
    } catch (RunException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    }
  }

  /** By the number of brokers, unless somebody has said how many copies there are to be. */
  private IntFunction<TopicLayout> layout() {
    TopicLayout usual = TopicLayout.ofCluster(TopicLayout.CLUSTER_BROKERS, partitions);
    TopicLayout said =
        new TopicLayout(
            partitions,
            replication.orElse(usual.replication()),
            minInsyncReplicas.orElse(usual.minInsyncReplicas()));
    return replication.isPresent() || minInsyncReplicas.isPresent()
        ? _ -> said
        : brokers -> TopicLayout.ofCluster(brokers, partitions);
  }

  /** A configuration's own check becomes a usage error. */
  private <T> T checked(Supplier<T> configuration) {
    try {
      return configuration.get();
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
    }
  }
}
