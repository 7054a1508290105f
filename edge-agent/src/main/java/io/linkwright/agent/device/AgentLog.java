package io.linkwright.agent.device;

import io.linkwright.agent.AgentListener;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkProblem;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the agent does, a line each, for whoever watches it or collects what it prints. A connection
 * that does not come about is told when the reason changes, not at every attempt. Called one at a
 * time.
 */
final class AgentLog implements AgentListener {
  private static final int MAX_SHOWN_LINKS = 10;

  private final PrintWriter out;
  private final InstantSource clock;
  private final Consumer<Throwable> broken;
  private String lastReason = "";

  /**
   * Lines for this output.
   *
   * @param broken is told when the agent cannot go on
   */
  AgentLog(PrintWriter out, InstantSource clock, Consumer<Throwable> broken) {
    this.out = out;
    this.clock = clock;
    this.broken = broken;
  }

  @Override
  public void connected(EdgeId edge) {
    lastReason = "";
    say("connected edge=%s".formatted(edge));
  }

  @Override
  public void disconnected(EdgeId edge, String reason) {
    if (!reason.equals(lastReason)) {
      lastReason = reason;
      say("disconnected edge=%s, trying again: %s".formatted(edge, reason));
    }
  }

  @Override
  public void applied(Applied applied) {
    say(
        "applied group=%s revision=%d set=%s removed=%s"
            .formatted(
                applied.group(),
                applied.revision(),
                shown(applied.set()),
                shown(applied.removed())));
  }

  @Override
  public void refused(EdgeId edge, GroupId group, long revision, String reason) {
    say("refused group=%s revision=%d: %s".formatted(group, revision, reason));
  }

  @Override
  public void troubled(EdgeId edge, GroupId group, List<LinkProblem> problems) {
    if (problems.isEmpty()) {
      say("no link in trouble any more group=%s".formatted(group));
    }
    problems.stream()
        .limit(MAX_SHOWN_LINKS)
        .forEach(
            problem ->
                say(
                    "in trouble group=%s link=%s: %s"
                        .formatted(group, problem.link(), problem.text())));
  }

  @Override
  public void broken(EdgeId edge, Throwable cause) {
    broken.accept(cause);
    say("broken edge=%s: %s".formatted(edge, cause));
  }

  void say(String line) {
    out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    out.flush();
  }

  private static String shown(List<LinkId> links) {
    String names =
        links.stream()
            .limit(MAX_SHOWN_LINKS)
            .map(LinkId::toString)
            .collect(Collectors.joining(",", "[", ""));
    int more = links.size() - MAX_SHOWN_LINKS;
    return more > 0 ? names + ",… %d more]".formatted(more) : names + "]";
  }
}
