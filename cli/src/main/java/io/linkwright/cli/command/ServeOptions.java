package io.linkwright.cli.command;

import io.linkwright.cli.run.RunException;
import io.linkwright.cli.serve.ClusterAccess;
import io.linkwright.cli.serve.ServiceRun;
import io.linkwright.cli.serve.ServiceRun.Part;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.tls.TlsFiles;
import io.linkwright.httpapi.client.Authorities;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.terminal.command.CommandFailure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
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
  @Mixin private AccessOptions access;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = {
        "Address to listen on; other than loopback only with --tokens or --oidc-issuer.",
        "Default: ${DEFAULT-VALUE}"
      })
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Of the HTTP server. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Where clients find it, if that is not HOST: through a proxy, or by a name. It answers",
        "to no names but these, HOST and those of the loopback. May be given several times"
      })
  private List<URI> publicUrls = List.of();

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private Tls tls;

  /** What the server shows to clients. */
  static final class Tls {
    @Option(
        names = "--tls-certificate",
        required = true,
        paramLabel = "FILE",
        description = {
          "Serve TLS 1.3 with this certificate, in PEM, those of authorities between behind it.",
          "It is read again when it changes"
        })
    private Path certificate;

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "Its key: PKCS#8 in PEM, without a password, readable by you alone")
    private Path key;
  }

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "Certificates in PEM of the authorities that other instances and an OpenID provider are",
        "known by, beside those that Java knows"
      })
  private Optional<Path> authorities;

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
    return serve(List::of, service);
  }

  /**
   * Runs a service until a signal ends it.
   *
   * @param ownUrls where its like find it, beside what clients use
   */
  int serve(
      Supplier<List<URI>> ownUrls,
      Function<ClusterAccess, Function<PrometheusMeterRegistry, Part>> service) {
    checked(
        () -> {
          authorities.ifPresent(Authorities::trust);
          return authorities;
        });
    HttpServerConfig http =
        checked(
            () ->
                new HttpServerConfig(host, port)
                    .withPublicUrls(
                        Stream.concat(publicUrls.stream(), ownUrls.get().stream()).toList())
                    .withTls(
                        Optional.ofNullable(tls)
                            .map(files -> new TlsFiles(files.certificate, files.key)))
                    .withAuthentication(access.authentication())
                    .requireLoopbackOrAuthentication());
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
