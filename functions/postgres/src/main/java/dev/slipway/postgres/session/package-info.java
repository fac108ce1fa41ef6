/** How a server is reached and spoken to: logins, the wire below the driver, statements in files, and what a failure means. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.session;
