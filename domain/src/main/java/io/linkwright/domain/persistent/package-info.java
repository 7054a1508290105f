/** Persistent maps: a changed map shares what is the same with the one before. */
package io.linkwright.domain.persistent;
