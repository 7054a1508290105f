/** Networks of the real world as GraphML, and the group they become. Nothing here knows HTTP. */
package io.linkwright.cli.network;
