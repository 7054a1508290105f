/** A device as an edge: how it joins, what it keeps, how it runs. */
package io.linkwright.agent.device;
