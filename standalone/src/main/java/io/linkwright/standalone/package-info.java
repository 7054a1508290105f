/** What {@code linkwright} is put together of: where it starts. */
package io.linkwright.standalone;
