/**
 * Tunnels in a real kernel. {@link io.linkwright.agent.driver.Drivers} is the way in; {@code
 * kernel} knows the tables and how {@code ip} and {@code wg} speak of them, {@code system} runs
 * programs.
 */
package io.linkwright.agent.driver;
