/** Compose files as Docker Compose reads them: merged, extended, included, interpolated and brought into one form. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.model;
