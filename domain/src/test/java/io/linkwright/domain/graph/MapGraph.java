package io.linkwright.domain.graph;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A graph in plain maps that counts what is read and which streams stay open. Owned by the test's
 * thread.
 */
final class MapGraph implements GroupGraph {
  private final Map<EdgeId, Set<EdgeId>> neighbours = new TreeMap<>();
  private final Map<EdgeId, Long> components = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private Topology topology = Topology.PARTIAL_MESH;
  private int componentCount;
  private long linkCount;
  private long linksRead;
  private int openStreams;

  void topology(Topology changed) {
    topology = changed;
  }

  void add(EdgeId member) {
    neighbours.put(member, new TreeSet<>());
  }

  void remove(EdgeId member) {
    neighbours.remove(member);
  }

  void add(LinkId link) {
    neighbours.get(link.edgeA()).add(link.edgeB());
    neighbours.get(link.edgeB()).add(link.edgeA());
    linkCount++;
  }

  void remove(LinkId link) {
    neighbours.get(link.edgeA()).remove(link.edgeB());
    neighbours.get(link.edgeB()).remove(link.edgeA());
    linkCount--;
  }

  void write(TopologyChange change) {
    change
        .components()
        .forEach(
            (member, component) ->
                component.ifPresentOrElse(
                    name -> components.put(member, name), () -> components.remove(member)));
    change
        .sizes()
        .forEach(
            (component, size) -> {
              if (size == 0) {
                sizes.remove(component);
              } else {
                sizes.put(component, size);
              }
            });
    componentCount = change.componentCount();
  }

  Set<EdgeId> members() {
    return neighbours.keySet();
  }

  Map<Long, Long> sizes() {
    return sizes;
  }

  long linksRead() {
    return linksRead;
  }

  int openStreams() {
    return openStreams;
  }

  @Override
  public Stream<EdgeId> neighbours(EdgeId member) {
    openStreams++;
    return neighbours.get(member).stream().peek(_ -> linksRead++).onClose(() -> openStreams--);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public long memberCount() {
    return neighbours.size();
  }

  @Override
  public long linkCount() {
    return linkCount;
  }

  @Override
  public int componentCount() {
    return componentCount;
  }

  @Override
  public OptionalLong componentOf(EdgeId member) {
    Long component = components.get(member);
    return component == null ? OptionalLong.empty() : OptionalLong.of(component);
  }

  @Override
  public long componentSize(long component) {
    return sizes.getOrDefault(component, 0L);
  }

  @Override
  public Stream<EdgeId> isolatedMembers() {
    return neighbours.keySet().stream().filter(member -> neighbours.get(member).isEmpty());
  }
}
