/**
 * What the HTTP API answers. What may be absent is {@code null} on the wire, so that an answer
 * always has the same members; where a member is left out instead, it says so here.
 */
package io.linkwright.httpapi.answer;
