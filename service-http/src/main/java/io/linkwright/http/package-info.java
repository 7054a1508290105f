/**
 * What the HTTP side of every service shares: one server for all modules of a process, errors as
 * RFC 9457 problems with a stable code, strict reading of bodies and parameters, health and
 * metrics.
 */
package io.linkwright.http;
