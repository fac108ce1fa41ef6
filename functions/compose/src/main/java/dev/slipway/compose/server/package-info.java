/** An app of processes on one server, as slipway.yaml lists them. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.server;
