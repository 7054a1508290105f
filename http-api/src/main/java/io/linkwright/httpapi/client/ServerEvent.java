package io.linkwright.httpapi.client;

/**
 * One server-sent event.
 *
 * @param id where to go on after a broken connection; the last one named if the event names none
 * @param type {@code message} unless the server says otherwise
 * @param data the text
 */
public record ServerEvent(String id, String type, String data) {}
