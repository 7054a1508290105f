/** The HTTP API of Linkwright, as clients and services both see it. */
package io.linkwright.httpapi;
