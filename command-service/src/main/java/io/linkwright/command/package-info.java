/**
 * Commands over HTTP, each decided by the one writer of its partition and recorded in one
 * transaction with the configuration that follows from it.
 */
package io.linkwright.command;
