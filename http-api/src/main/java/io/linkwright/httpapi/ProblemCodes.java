package io.linkwright.httpapi;

/**
 * Stable names of what can go wrong with a request, beside the refusals of commands in {@link
 * io.linkwright.domain.group.RejectionCode}.
 */
public final class ProblemCodes {
  /** 400: the request cannot be understood. */
  public static final String INVALID_REQUEST = "INVALID_REQUEST";

  /** 401: nobody has proved who is asking. */
  public static final String UNAUTHENTICATED = "UNAUTHENTICATED";

  /** 403: it is known who is asking, and they may not. */
  public static final String FORBIDDEN = "FORBIDDEN";

  /** 403: a web page of another origin has sent it. */
  public static final String FOREIGN_ORIGIN = "FOREIGN_ORIGIN";

  /** 404: no such path. */
  public static final String NOT_FOUND = "NOT_FOUND";

  /** 405: the path does not know the method. */
  public static final String METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED";

  /** 408: the client sends too slowly. */
  public static final String REQUEST_TOO_SLOW = "REQUEST_TOO_SLOW";

  /** 413, 414, 431: body, address or headers are too large. */
  public static final String REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE";

  /** 415: a media type, a coding or a charset that is not taken. */
  public static final String UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE";

  /** 421: the server does not go by the name that the request calls it. */
  public static final String MISDIRECTED_REQUEST = "MISDIRECTED_REQUEST";

  /** 422: the idempotency key belongs to another command. */
  public static final String IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";

  /** 500: a fault of the service; nothing is known about what was done. */
  public static final String INTERNAL_ERROR = "INTERNAL_ERROR";

  /** 503: cannot serve now; nothing was done. */
  public static final String NOT_READY = "NOT_READY";

  /** 504: a repeat with the same idempotency key will tell. */
  public static final String OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN";

  private ProblemCodes() {}

  /** Stands for the code of an answer that names none, as a proxy's. */
  public static String ofStatus(int status) {
    return "HTTP_" + status;
  }
}
