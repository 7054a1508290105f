/** The commands of the HTTP API (design section 5): requests read, answers written. */
package io.linkwright.command.api;
