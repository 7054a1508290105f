package io.linkwright.console.web;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A file that pages refer to. */
final class Asset {
  private final String path;
  private final String mediaType;
  private final byte[] content;

  Asset(String path, String mediaType, byte[] content) {
    this.path = path;
    this.mediaType = mediaType;
    this.content = content.clone();
  }

  /** Where browsers get it; has the content's digest in it, so it can be kept for ever. */
  String path() {
    return path;
  }

  String mediaType() {
    return mediaType;
  }

  InputStream content() {
    return new ByteArrayInputStream(content);
  }
}
