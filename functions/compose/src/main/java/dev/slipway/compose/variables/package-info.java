/** Variables of compose files, and what sets them. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.variables;
