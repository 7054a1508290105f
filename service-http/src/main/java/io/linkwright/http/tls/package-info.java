/** TLS of a server, with keys and certificates in the PEM files that operators have. */
package io.linkwright.http.tls;
