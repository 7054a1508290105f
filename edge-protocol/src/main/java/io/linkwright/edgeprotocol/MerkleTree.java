package io.linkwright.edgeprotocol;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of a list of leaves (RFC 9162 section 2.1): SHA-256, a zero byte before a leaf
 * and a one before two nodes, so that no node passes for a leaf. A node without a sibling moves up
 * as it is.
 */
final class MerkleTree {
  static final int HASH_LENGTH_BYTES = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** From the leaves' hashes up to the root. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  private MerkleTree(List<byte[]> leafHashes) {
    levels.add(leafHashes);
  }

  /**
   * The tree.
   *
   * @throws IllegalArgumentException without leaves
   */
  static MerkleTree of(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("a tree has leaves");
    }
    MessageDigest digest = Sha256.digest();
    MerkleTree tree = new MerkleTree(leaves.stream().map(leaf -> leafHash(digest, leaf)).toList());
    while (tree.levels.getLast().size() > 1) {
      tree.levels.add(parents(digest, tree.levels.getLast()));
    }
    return tree;
  }

  private static List<byte[]> parents(MessageDigest digest, List<byte[]> nodes) {
    List<byte[]> parents = new ArrayList<>((nodes.size() + 1) / 2);
    for (int left = 0; left < nodes.size(); left += 2) {
      parents.add(
          left + 1 < nodes.size()
              ? nodeHash(digest, nodes.get(left), nodes.get(left + 1))
              : nodes.get(left));
    }
    return parents;
  }

  byte[] root() {
    return levels.getLast().getFirst();
  }

  /** The siblings on the way from a leaf to the root: its inclusion proof. */
  List<byte[]> path(int leaf) {
    List<byte[]> path = new ArrayList<>(levels.size());
    int index = leaf;
    for (List<byte[]> level : levels) {
      int sibling = index ^ 1;
      if (sibling < level.size()) {
        path.add(level.get(sibling));
      }
      index /= 2;
    }
    return path;
  }

  /** How many siblings the path of a leaf has, or fewer bytes would be read than were sent. */
  static int pathLength(int leaf, int size) {
    int length = 0;
    int index = leaf;
    for (int width = size; width > 1; width = (width + 1) / 2) {
      if ((index ^ 1) < width) {
        length++;
      }
      index /= 2;
    }
    return length;
  }

  /**
   * The root that a leaf and its path lead to.
   *
   * @param path of {@link #pathLength} hashes
   */
  static byte[] rootOf(byte[] leaf, int index, int size, List<byte[]> path) {
    MessageDigest digest = Sha256.digest();
    byte[] hash = leafHash(digest, leaf);
    int at = index;
    int next = 0;
    for (int width = size; width > 1; width = (width + 1) / 2) {
      if ((at ^ 1) < width) {
        byte[] sibling = path.get(next++);
        hash = at % 2 == 0 ? nodeHash(digest, hash, sibling) : nodeHash(digest, sibling, hash);
      }
      at /= 2;
    }
    return hash;
  }

  private static byte[] leafHash(MessageDigest digest, byte[] leaf) {
    digest.update(LEAF);
    return digest.digest(leaf);
  }

  private static byte[] nodeHash(MessageDigest digest, byte[] left, byte[] right) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }
}
