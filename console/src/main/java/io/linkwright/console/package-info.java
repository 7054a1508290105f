/** The web console. It knows the services by their HTTP API only. */
package io.linkwright.console;
