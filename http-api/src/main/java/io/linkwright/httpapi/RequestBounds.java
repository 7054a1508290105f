package io.linkwright.httpapi;

/** What a request may have at most, for clients that divide their work and servers that refuse. */
public final class RequestBounds {
  /** Of a body: 1 MiB. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  private RequestBounds() {}
}
