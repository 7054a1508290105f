package io.linkwright.standalone.command;

import io.linkwright.pusher.PusherConfig;
import io.linkwright.pusher.PusherService;
import io.linkwright.standalone.serve.ServiceRun.Part;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright serve config-pusher}. */
@Command(
    name = "config-pusher",
    description = "Hold the edges' connections and deliver to each what concerns it.")
final class ServeConfigPusherCommand implements Callable<Integer> {
  @Mixin private ServeOptions options;

  @Option(
      names = "--state-dir",
      required = true,
      paramLabel = "DIR",
      description = "Where its copy of edge-config is kept; read anew if it is lost")
  private Path stateDirectory;

  @Override
  public Integer call() {
    return options.serve(
        cluster -> {
          PusherConfig config =
              PusherConfig.of(cluster.bootstrapServers(), stateDirectory)
                  .withKafka(cluster.settings());
          return metrics -> {
            PusherService service =
                PusherService.start(config, cluster.wire(stateDirectory), metrics);
            return new Part(service, service::close);
          };
        });
  }
}
