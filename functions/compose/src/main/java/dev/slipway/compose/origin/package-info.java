/** What an app was before it was written down as a compose model. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.origin;
