/** Folds the log anew, as an auditor would, and finds what cannot be. */
package io.linkwright.cli.replay;
