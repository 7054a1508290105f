package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What a signature is over: a label that says what it is for, a zero byte, the content. No
 * signature made for one purpose passes for another.
 */
enum SignedBytes {
  DOCUMENT("linkwright.v1 document"),
  BATCH("linkwright.v1 batch"),
  HELLO("linkwright.v1 hello"),
  RENEWAL("linkwright.v1 renewal");

  private final String label;

  SignedBytes(String label) {
    this.label = label;
  }

  byte[] of(byte[] content) {
    byte[] prefix = (label + "\0").getBytes(US_ASCII);
    byte[] signed = Arrays.copyOf(prefix, prefix.length + content.length);
    System.arraycopy(content, 0, signed, prefix.length, content.length);
    return signed;
  }
}
