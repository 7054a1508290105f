package io.linkwright.schemas;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Finds the kinds of events that only the writer knows. Avro itself takes a union's record of an
 * unknown name for whichever of the reader's records has fields that fit, and a record without
 * fields fits all: a new event would be read as {@code GroupDeleted}.
 */
final class UnionCheck {
  private final Set<Action> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> unknown = new TreeSet<>();

  private UnionCheck() {}

  /** Names of the writer's records that the reader would take for others; empty if all is well. */
  static Set<String> unknownBranches(Schema written, Schema read, GenericData data) {
    UnionCheck check = new UnionCheck();
    check.visit(Resolver.resolve(written, read, data));
    return check.unknown;
  }

  private void visit(Action action) {
    if (!visited.add(action)) {
      return;
    }
    switch (action) {
      case Resolver.RecordAdjust record -> Arrays.stream(record.fieldActions).forEach(this::visit);
      case Resolver.Container container -> visit(container.elementAction);
      case Resolver.WriterUnion union -> Arrays.stream(union.actions).forEach(this::visitBranch);
      case Resolver.ReaderUnion union -> visitBranch(union.actualAction);
      default -> {
        // Values without parts.
      }
    }
  }

  private void visitBranch(Action branch) {
    boolean isNamed = branch.type == Action.Type.RECORD;
    if (isNamed && !branch.writer.getFullName().equals(branch.reader.getFullName())) {
      unknown.add(branch.writer.getName());
    }
    visit(branch);
  }
}
