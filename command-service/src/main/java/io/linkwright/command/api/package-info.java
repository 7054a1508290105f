/** The commands of the HTTP API: requests read, answers written. */
package io.linkwright.command.api;
