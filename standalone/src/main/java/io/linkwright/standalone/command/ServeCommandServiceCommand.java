package io.linkwright.standalone.command;

import io.linkwright.command.CommandService;
import io.linkwright.command.CommandServiceConfig;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.standalone.serve.ServiceRun.Part;
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
        "For the first start make one: linkwright controller-key create FILE"
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
          ControllerKey key = key();
          return metrics -> {
            CommandService service = CommandService.start(config, cluster.wire(), key, metrics);
            return new Part(service, service::close);
          };
        });
  }

  private ControllerKey key() {
    try {
      return ControllerKey.load(controllerKey);
    } catch (IllegalArgumentException absent) {
      throw new IllegalArgumentException(
          "%s: bring the key of the cluster, or make one for a new cluster with 'linkwright"
                  .formatted(absent.getMessage())
              + " controller-key create %s'".formatted(controllerKey),
          absent);
    }
  }
}
