package io.linkwright.cli.applying;

/**
 * Where something stands in a file, for whoever has to mend it.
 *
 * @param line from 1
 * @param path as in {@code groups[0].members[3].endpoint}; empty at the top
 */
record Place(String file, int line, String path) {
  Place field(String name, int fieldLine) {
    return new Place(file, fieldLine, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index, int itemLine) {
    return new Place(file, itemLine, "%s[%d]".formatted(path, index));
  }

  GroupFileException refused(String what) {
    return new GroupFileException("%s: %s".formatted(this, what));
  }

  @Override
  public String toString() {
    return path.isEmpty() ? "%s:%d".formatted(file, line) : "%s:%d: %s".formatted(file, line, path);
  }
}
