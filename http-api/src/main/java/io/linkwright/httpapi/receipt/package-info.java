/**
 * What the HTTP API answers to commands that were done: each has the revision that they made, and
 * {@code dryRun} if nothing was written. What may be absent is {@code null}.
 */
package io.linkwright.httpapi.receipt;
