/** What a service downstream of Linkwright looks like. */
package io.linkwright.examples;
