/** The pages: what each asks the services and which parts of it change. */
package io.linkwright.console.page;
