/** The HTTP API as seen from outside: nothing here knows the services' code. */
package io.linkwright.httpapi.client;
