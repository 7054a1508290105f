/** One service in a process of its own, as in an installation of many machines. */
package io.linkwright.standalone.serve;
