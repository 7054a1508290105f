package io.linkwright.cli.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.ApiException;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.cli.network.NetworkPlan.PlannedMember;
import io.linkwright.domain.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Adds members, one request each, a bounded number at a time. */
final class MemberSender {
  private static final int MAX_IN_FLIGHT = 16;

  private final LinkwrightApi api;
  private final GroupId group;
  private final CommandKeys keys;
  private final ImportListener listener;

  MemberSender(LinkwrightApi api, GroupId group, CommandKeys keys, ImportListener listener) {
    this.api = api;
    this.group = group;
    this.keys = keys;
    this.listener = listener;
  }

  /** How many were not there before, and the highest revision that made. */
  record Sent(int added, long revision) {}

  Sent send(List<PlannedMember> members) {
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
  private long send(PlannedMember member) {
    ApiCommand command =
        keys.keyed(ApiCommand.post("/v1/groups/%s/members".formatted(group), body(member)));
    try {
      long revision = api.send(command).path("revision").asLong();
      listener.memberAdded();
      return revision;
    } catch (ApiException.Refused refused) {
      if (refused.is("MEMBER_EXISTS")) {
        listener.memberAdded();
        return 0;
      }
      throw refused;
    }
  }

  private static ObjectNode body(PlannedMember member) {
    ObjectNode body =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("edge", member.edge().value())
            .put("name", member.name());
    member
        .position()
        .ifPresent(
            position ->
                body.put("latitude", position.latitude()).put("longitude", position.longitude()));
    return body;
  }

  private static long get(Future<Long> answer) {
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while members are added", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ApiException refused) {
        throw refused;
      }
      throw new IllegalStateException("a member could not be sent", failed.getCause());
    }
  }
}
