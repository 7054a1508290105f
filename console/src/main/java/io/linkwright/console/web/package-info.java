/** The console's HTTP side: routes, what every answer carries, and what guards the forms. */
package io.linkwright.console.web;
