/**
 * The HTTP API of Linkwright, as clients and services both see it: each path, each code and each
 * answer is spelled here and nowhere else.
 */
package io.linkwright.httpapi;
