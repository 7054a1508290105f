/** The Kafka cluster that a command works on. */
package io.linkwright.cli.cluster;
