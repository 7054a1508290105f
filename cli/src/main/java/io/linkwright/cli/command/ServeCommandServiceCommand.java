package io.linkwright.cli.command;

import io.linkwright.cli.serve.ClusterAccess;
import io.linkwright.cli.serve.ServiceRun.Part;
import io.linkwright.command.CommandService;
import io.linkwright.command.CommandServiceConfig;
import io.linkwright.edgeprotocol.ControllerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright serve command-service}. */
@Command(
    name = "command-service",
    description = "Take commands over HTTP and write events and the edges' configuration.")
final class ServeCommandServiceCommand implements Callable<Integer> {
  @Mixin private ServeOptions options;
  @Mixin private InstanceOptions instance;

  @Option(
      names = "--controller-key",
      required = true,
      paramLabel = "FILE",
      description = {
        "Key that signs what edges get: Ed25519, PKCS#8 in PEM, the same for all instances.",
        "A new one is made if there is no such file and nothing on the log yet"
      })
  private Path controllerKey;

  @Override
  public Integer call() {
    return options.serve(
        cluster -> {
          CommandServiceConfig config =
              CommandServiceConfig.of(
                      cluster.bootstrapServers(), instance.id(), instance.url(options))
                  .withKafka(cluster.settings());
          return metrics -> {
            requireKeyOfTheLog(cluster);
            CommandService service =
                CommandService.start(
                    config, cluster.wire(), ControllerKey.loadOrCreate(controllerKey), metrics);
            return new Part(service, service::close);
          };
        });
  }

  /** A new key would sign what no edge believes, for the partitions of this instance alone. */
  private void requireKeyOfTheLog(ClusterAccess cluster) {
    if (Files.notExists(controllerKey) && cluster.hasEvents()) {
      throw new IllegalStateException(
          "--controller-key %s does not exist, and the log has been signed with another key: give this instance the same file as the others"
              .formatted(controllerKey));
    }
  }
}
