package io.linkwright.cli.command;

import io.linkwright.domain.text.Printable;
import io.linkwright.httpapi.IdempotencyKey;
import io.linkwright.httpapi.client.Answer;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.CommandReceipt;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that changes something takes. */
final class ChangeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--dry-run", description = "Decide and answer on the server, change nothing")
  private boolean dryRun;

  @Option(
      names = "--if-match",
      paramLabel = "REVISION",
      description = "Only if the group is at this revision still")
  private Optional<Long> revision;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "A repetition with the same key is done once. Default: a key of its own")
  private Optional<String> key;

  @Mixin private ActorOption actor;

  /**
   * Sends the command as these options have it.
   *
   * @throws io.linkwright.httpapi.client.ApiException if there is no answer or a refusal
   */
  <T extends CommandReceipt> Answer<T> send(LinkwrightApi api, ApiCommand asked, Class<T> receipt) {
    ApiCommand sent = dryRun ? asked.asDryRun() : asked;
    if (revision.isPresent()) {
      sent = sent.onRevision(revision.get());
    }
    if (key.isPresent()) {
      sent = sent.withKey(checked(key.get()));
    }
    ApiCommand stamped = sent;
    return api.send(actor.of(command).map(stamped::withActor).orElse(stamped), receipt);
  }

  private String checked(String text) {
    try {
      return IdempotencyKey.require(text);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(
          command.commandLine(),
          "--idempotency-key '%s' %s".formatted(Printable.of(text), refused.getMessage()),
          refused);
    }
  }
}
