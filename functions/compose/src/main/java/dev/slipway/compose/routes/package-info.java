/** What the configurations of reverse proxies lead where. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.routes;
