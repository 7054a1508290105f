package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.key.SignedDocument;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchSignatureTest {
  /** Covers every shape of a tree up to three levels, and some beyond. */
  private static final int LARGEST = 40;

  private final ControllerKey key = ControllerKey.generate();

  @Test
  void everyDocumentOfABatchStandsAlone() {
    for (int size = 1; size <= LARGEST; size++) {
      List<byte[]> documents = documents(size);

      List<SignedDocument> signed = key.signAll(documents);

      assertThat(signed).extracting(SignedDocument::document).isEqualTo(documents);
      assertThat(signed)
          .as("batch of %d", size)
          .allMatch(document -> key.publicKey().verifies(document));
    }
  }

  @Test
  void nothingToSignIsNothingSigned() {
    assertThat(key.signAll(List.of())).isEmpty();
  }

  @Test
  void aBatchOfOneIsSignedAsASingleDocument() {
    byte[] document = documents(1).getFirst();

    assertThat(key.signAll(List.of(document))).containsExactly(key.sign(document));
  }

  @Test
  void noBatchSignatureHasTheLengthOfASingleOne() {
    for (int size = 2; size <= LARGEST; size++) {
      assertThat(key.signAll(documents(size)))
          .noneMatch(signed -> signed.signature().length == Ed25519Keys.SIGNATURE_LENGTH_BYTES);
    }
  }

  @Test
  void everyAlteredBitIsNoticed() {
    for (SignedDocument signed : key.signAll(documents(5))) {
      for (int bit = 0; bit < 8 * signed.document().length; bit++) {
        assertRefused(flipped(signed.document(), bit), signed.signature(), "document bit " + bit);
      }
      for (int bit = 0; bit < 8 * signed.signature().length; bit++) {
        assertRefused(signed.document(), flipped(signed.signature(), bit), "signature bit " + bit);
      }
    }
  }

  @Test
  void aSignatureThatIsCutOrLengthenedIsRefused() {
    SignedDocument signed = key.signAll(documents(6)).get(3);
    byte[] signature = signed.signature();

    for (int length = 0; length < signature.length; length++) {
      assertRefused(signed.document(), Arrays.copyOf(signature, length), length + " bytes");
    }
    int hash = MerkleTree.HASH_LENGTH_BYTES;
    assertRefused(
        signed.document(), Arrays.copyOf(signature, signature.length + hash), "one hash more");
  }

  @Test
  void theSignatureOfAnotherDocumentOfTheBatchDoesNotPass() {
    List<SignedDocument> signed = key.signAll(documents(7));

    for (SignedDocument one : signed) {
      for (SignedDocument other : signed) {
        assertThat(key.publicKey().verifies(with(one.document(), other.signature())))
            .isEqualTo(one.equals(other));
      }
    }
  }

  @Test
  void anotherKeyDoesNotPass() {
    SignedDocument signed = key.signAll(documents(3)).getFirst();
    ControllerPublicKey other = ControllerKey.generate().publicKey();

    assertThat(other.verifies(signed)).isFalse();
    assertThat(
            other.verifies(
                new SignedDocument(signed.document(), other.keyId(), signed.signature())))
        .isFalse();
  }

  /** An inner node, taken for a document, would be one that nobody has signed. */
  @Test
  void aNodeDoesNotPassForALeaf() {
    List<byte[]> documents = documents(4);
    MerkleTree tree = MerkleTree.of(documents);
    byte[] signature =
        BatchSignature.decoded(key.signAll(documents).getFirst().signature())
            .orElseThrow()
            .signature();
    byte[] firstTwo = join(tree.path(1).getFirst(), tree.path(0).getFirst());
    List<byte[]> path = List.of(tree.path(0).getLast());

    assertRefused(firstTwo, new BatchSignature(signature, 0, 2, path).encoded(), "inner node");
  }

  /** The bytes of the tree, step by step, for whoever writes another agent. */
  @Test
  void theReleasedBatchIsSignedAsEver() throws Exception {
    ControllerKey released = ControllerKey.ofPem(Fixtures.resource("controller-key.pem"));
    List<byte[]> documents =
        List.of(
            "{\"a\":1}".getBytes(UTF_8), "{\"b\":2}".getBytes(UTF_8), "{\"c\":3}".getBytes(UTF_8));

    List<String> signatures =
        released.signAll(documents).stream()
            .map(signed -> HexFormat.of().formatHex(signed.signature()))
            .toList();

    assertThat(String.join("\n", signatures) + "\n")
        .isEqualTo(new String(Fixtures.resource("batch.signatures"), UTF_8));
  }

  private void assertRefused(byte[] document, byte[] signature, String what) {
    assertThat(key.publicKey().verifies(with(document, signature))).as(what).isFalse();
  }

  private SignedDocument with(byte[] document, byte[] signature) {
    return new SignedDocument(document, key.publicKey().keyId(), signature);
  }

  private static List<byte[]> documents(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "{\"revision\":%d}".formatted(number).getBytes(UTF_8))
        .toList();
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] altered = bytes.clone();
    altered[bit / 8] ^= (byte) (1 << bit % 8);
    return altered;
  }
}
