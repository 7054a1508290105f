/** What a group is, in the words of the HTTP API, and the same wherever it was read. */
package io.linkwright.cli.group;
