/** Simulated edges: real keys, real connections, a kernel that is not there. */
package io.linkwright.simulator;
