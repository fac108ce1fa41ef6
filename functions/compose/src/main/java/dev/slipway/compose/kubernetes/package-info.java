/** Reads Kubernetes manifests as the app that they describe. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.kubernetes;
