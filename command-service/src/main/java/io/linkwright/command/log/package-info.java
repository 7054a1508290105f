/**
 * The port to the event log: what the writer protocol needs of Kafka and nothing more, so that a
 * twin in memory can stand in for it and fail on command.
 */
package io.linkwright.command.log;
