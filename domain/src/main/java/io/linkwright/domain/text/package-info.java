/** Text as people and devices write it: what is harmless, how it is named and cut. */
package io.linkwright.domain.text;
