/** The logins by which an app reaches a target in turn, all in the name of one role. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.logins;
