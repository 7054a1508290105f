/** The real Kafka broker in this JVM. */
package io.linkwright.embedded;
