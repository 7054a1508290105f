package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.EdgeReceipt;
import io.linkwright.httpapi.receipt.MemberRekeyReceipt;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code linkwright member remove|revoke|rekey}: what is done to a member as a whole. */
final class MemberActions {
  private MemberActions() {}

  /** {@code linkwright member remove}. */
  @Command(name = "remove", description = "Remove a member and its links from the group.")
  static final class Remove implements Callable<Integer> {
    @Mixin private MemberSubject member;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(api, ApiCommand.delete(member.at(ApiPaths.MEMBER)), EdgeReceipt.class),
            receipt ->
                "removed %s from %s, revision %s: %s"
                    .formatted(
                        member.edge(),
                        member.group(),
                        receipt.revision(),
                        Outcomes.affected(receipt.edges())));
      }
      return 0;
    }
  }

  /** {@code linkwright member revoke}. */
  @Command(
      name = "revoke",
      description = {
        "Cut off a member's device at once, as when it is lost. Its keys never count again.",
        "For a device in its place make a new token."
      })
  static final class Revoke implements Callable<Integer> {
    @Option(
        names = "--links",
        paramLabel = "WHAT",
        defaultValue = "keep",
        description = "keep: they wait for the next device. remove: they go. Default: keep")
    private RevokedLinks links;

    @Mixin private MemberSubject member;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode().put("links", links.label());
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(
                api,
                ApiCommand.post(member.at(ApiPaths.MEMBER_REVOKE), body),
                RevisionReceipt.class),
            receipt ->
                "revoked %s in %s, revision %s%nFor its next device: linkwright member token %s %s"
                    .formatted(
                        member.edge(),
                        member.group(),
                        receipt.revision(),
                        member.group(),
                        member.edge()));
      }
      return 0;
    }
  }

  /** {@code linkwright member rekey}. */
  @Command(name = "rekey", description = "Give all links of a member new keys and SPIs.")
  static final class Rekey implements Callable<Integer> {
    @Mixin private MemberSubject member;
    @Mixin private ChangeOptions change;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      JsonNode nothing = LinkwrightApi.mapper().createObjectNode();
      try (LinkwrightApi api = server.open()) {
        output.writeOutcome(
            change.send(
                api,
                ApiCommand.post(member.at(ApiPaths.MEMBER_REKEY), nothing),
                MemberRekeyReceipt.class),
            receipt ->
                "new keys for %d links of %s, revision %s: %s"
                    .formatted(
                        receipt.rekeyed().size(),
                        member.edge(),
                        receipt.revision(),
                        Outcomes.affected(receipt.edges())));
      }
      return 0;
    }
  }
}
