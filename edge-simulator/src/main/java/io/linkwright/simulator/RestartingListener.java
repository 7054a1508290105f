package io.linkwright.simulator;

import io.linkwright.agent.AgentListener;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.LinkProblem;
import java.util.List;
import java.util.function.Consumer;

/** Passes on all that an agent tells, and has it started again when it cannot go on. */
record RestartingListener(AgentListener listener, Consumer<EdgeId> restart)
    implements AgentListener {

  @Override
  public void connected(EdgeId edge) {
    listener.connected(edge);
  }

  @Override
  public void disconnected(EdgeId edge, String reason) {
    listener.disconnected(edge, reason);
  }

  @Override
  public void applied(Applied applied) {
    listener.applied(applied);
  }

  @Override
  public void refused(EdgeId edge, GroupId group, long revision, String reason) {
    listener.refused(edge, group, revision, reason);
  }

  @Override
  public void troubled(EdgeId edge, GroupId group, List<LinkProblem> problems) {
    listener.troubled(edge, group, problems);
  }

  @Override
  public void broken(EdgeId edge, Throwable cause) {
    restart.accept(edge);
    listener.broken(edge, cause);
  }
}
