/** The HTTP API of the services as the console sees it: nothing here knows their code. */
package io.linkwright.console.api;
