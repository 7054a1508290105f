package io.linkwright.standalone.command;

import io.linkwright.standalone.serve.ServiceRun.Part;
import io.linkwright.topology.TopologyConfig;
import io.linkwright.topology.TopologyService;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright serve topology-stream}. */
@Command(
    name = "topology-stream",
    description = "Work out the link graph from the log, publish what follows, answer queries.")
final class ServeTopologyStreamCommand implements Callable<Integer> {
  @Mixin private ServeOptions options;
  @Mixin private InstanceOptions instance;

  @Option(
      names = "--state-dir",
      required = true,
      paramLabel = "DIR",
      description = "Where the view is kept; made anew from the cluster if it is lost")
  private Path stateDirectory;

  @Override
  public Integer call() {
    return options.serve(
        cluster -> {
          TopologyConfig config =
              TopologyConfig.single(cluster.bootstrapServers(), stateDirectory)
                  .among(instance.id(), instance.url(options))
                  .withKafka(cluster.settings());
          return metrics -> {
            TopologyService service =
                TopologyService.start(config, cluster.wire(stateDirectory), metrics);
            return new Part(service, service::close);
          };
        });
  }
}
