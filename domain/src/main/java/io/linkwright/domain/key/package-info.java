/** Key material, security associations, and how what is secret is sealed and signed. */
package io.linkwright.domain.key;
