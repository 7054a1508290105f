package io.linkwright.topology.query;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.topology.GroupHistory;
import io.linkwright.topology.ViewFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A view behind its routes, and the history of one group in it.
 *
 * @param history of abilene, which begins with nothing
 */
record AbileneView(GroupHistory history, ViewFixture fixture, ViewServer server)
    implements AutoCloseable {

  static AbileneView in(Path stateDir) {
    ViewFixture fixture = new ViewFixture(stateDir);
    return new AbileneView(new GroupHistory("abilene"), fixture, new ViewServer(fixture));
  }

  /** Three members, two linked, one isolated; at revision 5. */
  void threeMembersAndALink() {
    fixture.apply(
        history
            .create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC, true, Optional.empty())
            .members("denver", "kansas-city", "seattle")
            .link("kansas-city", "denver"));
  }

  /** An edge reports the tunnels of its link. */
  void hear(String edge, long acknowledged, TunnelState... tunnels) {
    List<TunnelStatus> statuses = new ArrayList<>();
    for (int index = 0; index < tunnels.length; index++) {
      statuses.add(new TunnelStatus(LinkId.parse("denver~kansas-city"), index, tunnels[index]));
    }
    fixture.hear(
        new EdgeStatus(
            history.id(),
            new EdgeId(edge),
            "connection-1",
            fixture.now(),
            true,
            acknowledged,
            Optional.empty(),
            statuses,
            fixture.now()));
  }

  @Override
  public void close() {
    server.close();
    fixture.close();
  }
}
