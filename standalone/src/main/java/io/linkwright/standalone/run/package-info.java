/** The all-in-one run: broker and services in one process, on this machine's loopback only. */
package io.linkwright.standalone.run;
