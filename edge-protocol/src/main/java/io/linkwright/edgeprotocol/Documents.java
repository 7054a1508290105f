package io.linkwright.edgeprotocol;

import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.MembershipDocument;

/**
 * Documents as JSON: UTF-8, no white space, members always in the same order, so that a document
 * has one form. Absent values are left out. Each begins with {@code type} and {@code version};
 * readers refuse types, versions and members they do not know, because a signed document that is
 * half understood is not understood.
 */
public final class Documents {
  static final int VERSION = 1;
  static final String LINK = "link";
  static final String MEMBERSHIP = "membership";

  private Documents() {}

  /**
   * The bytes to sign.
   *
   * @throws IllegalArgumentException if a tunnel awaits enrollment: there is nothing to run yet
   */
  public static byte[] write(LinkDocument document) {
    return Json.object(json -> LinkDocumentJson.write(json, document));
  }

  /** The bytes to sign. */
  public static byte[] write(MembershipDocument document) {
    return Json.object(json -> MembershipDocumentJson.write(json, document));
  }

  /**
   * Reads a link document. Check the signature first.
   *
   * @throws ProtocolException if it is none, or of another version
   */
  public static LinkDocument readLink(byte[] document) throws ProtocolException {
    return LinkDocumentJson.read(read(document, LINK));
  }

  /**
   * Reads a membership document. Check the signature first.
   *
   * @throws ProtocolException if it is none, or of another version
   */
  public static MembershipDocument readMembership(byte[] document) throws ProtocolException {
    return MembershipDocumentJson.read(read(document, MEMBERSHIP));
  }

  private static JsonFields read(byte[] document, String type) throws ProtocolException {
    JsonFields fields = Json.read(document, ProtocolLimits.MAX_DOCUMENT_BYTES);
    if (!fields.text("type").equals(type)) {
      throw new ProtocolException("type is not '%s'".formatted(type));
    }
    long version = fields.number("version");
    if (version != VERSION) {
      throw new ProtocolException("version %d is not known".formatted(version));
    }
    return fields;
  }
}
