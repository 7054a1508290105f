package io.linkwright.cli.sending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Adds members, one request each, a bounded number at a time. */
public final class MemberSender {
  private static final int MAX_IN_FLIGHT = 16;

  private final LinkwrightApi api;
  private final CommandStamps stamps;
  private final SendingListener listener;

  /** Adds to the group of these stamps. */
  public MemberSender(LinkwrightApi api, CommandStamps stamps, SendingListener listener) {
    this.api = api;
    this.stamps = stamps;
    this.listener = listener;
  }

  /** How many were not there before, and the highest revision that made. */
  public record Sent(int added, long revision) {}

  /**
   * Adds members, each as the body of its request.
   *
   * @throws ApiException if the server refuses one or does not answer
   */
  public Sent send(List<ObjectNode> members) {
    List<Future<Long>> answers = new ArrayList<>();
    try (ExecutorService senders = Executors.newFixedThreadPool(MAX_IN_FLIGHT)) {
      try {
        members.forEach(member -> answers.add(senders.submit(() -> send(member))));
        return collected(answers);
      } finally {
        senders.shutdownNow();
      }
    }
  }

  private static Sent collected(List<Future<Long>> answers) {
    int added = 0;
    long revision = 0;
    for (Future<Long> answer : answers) {
      long made = get(answer);
      added += made > 0 ? 1 : 0;
      revision = Math.max(revision, made);
    }
    return new Sent(added, revision);
  }

  /** The revision that the member made; 0 if it was there. */
  private long send(ObjectNode member) {
    ApiCommand command =
        stamps.stamped(ApiCommand.post(ApiPaths.at(ApiPaths.MEMBERS, stamps.group()), member));
    try {
      long revision = api.send(command, RevisionReceipt.class).value().revision();
      listener.memberDone();
      return revision;
    } catch (ApiException.Refused refused) {
      if (refused.is(RejectionCode.MEMBER_EXISTS)) {
        listener.memberDone();
        return 0;
      }
      throw refused;
    }
  }

  private static long get(Future<Long> answer) {
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiException.Interrupted(interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ApiException refused) {
        throw refused;
      }
      throw new IllegalStateException("a member could not be sent", failed.getCause());
    }
  }
}
