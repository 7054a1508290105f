package io.linkwright.edgeprotocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One signature for many documents, as one of them carries it: 64 bytes of Ed25519 over the batch
 * (size and root of its {@link MerkleTree}), the document's place (4 bytes), the size (4 bytes),
 * and the hashes of its path, 32 bytes each. Numbers have their big end first. It is never 64 bytes
 * long, as the signature of a single document is.
 *
 * @param signature Ed25519 over {@link #signedBytes}
 * @param index of the document in the batch, from 0
 * @param size documents in the batch
 * @param path inclusion proof, see {@link MerkleTree#path}
 */
@SuppressWarnings("ArrayRecordComponent") // passes through, never compared
record BatchSignature(byte[] signature, int index, int size, List<byte[]> path) {
  /** More than any transaction has: a path is at most this many hashes. */
  private static final int MAX_SIZE = 1 << 20;

  private static final int FIXED_LENGTH_BYTES =
      Ed25519Keys.SIGNATURE_LENGTH_BYTES + 2 * Integer.BYTES;

  /** What is signed for all of a batch. */
  static byte[] signedBytes(int size, byte[] root) {
    return SignedBytes.BATCH.of(
        ByteBuffer.allocate(Integer.BYTES + root.length).putInt(size).put(root).array());
  }

  byte[] encoded() {
    ByteBuffer buffer =
        ByteBuffer.allocate(FIXED_LENGTH_BYTES + path.size() * MerkleTree.HASH_LENGTH_BYTES);
    buffer.put(signature).putInt(index).putInt(size);
    path.forEach(buffer::put);
    return buffer.array();
  }

  /** Empty if the bytes are no such signature. */
  static Optional<BatchSignature> decoded(byte[] bytes) {
    if (bytes.length < FIXED_LENGTH_BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] signature = next(buffer, Ed25519Keys.SIGNATURE_LENGTH_BYTES);
    int index = buffer.getInt();
    int size = buffer.getInt();
    if (size < 1 || size > MAX_SIZE || index < 0 || index >= size) {
      return Optional.empty();
    }
    int hashes = MerkleTree.pathLength(index, size);
    if (buffer.remaining() != hashes * MerkleTree.HASH_LENGTH_BYTES) {
      return Optional.empty();
    }
    List<byte[]> path = new ArrayList<>(hashes);
    for (int i = 0; i < hashes; i++) {
      path.add(next(buffer, MerkleTree.HASH_LENGTH_BYTES));
    }
    return Optional.of(new BatchSignature(signature, index, size, path));
  }

  /** The bytes that must be signed if the document is where the signature says. */
  byte[] signedBytesFor(byte[] document) {
    return signedBytes(size, MerkleTree.rootOf(document, index, size, path));
  }

  private static byte[] next(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
