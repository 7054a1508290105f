package io.linkwright.http;

/**
 * A path that the server answers.
 *
 * @param method of HTTP, in upper case; a WebSocket is a {@code GET}
 * @param path with its parameters, as in <code>/v1/groups/{group}</code>
 */
public record Route(String method, String path) {}
