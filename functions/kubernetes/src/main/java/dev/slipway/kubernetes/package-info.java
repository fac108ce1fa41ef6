/** The app's manifests as they are on the target, and their way into its cluster. */
@org.jspecify.annotations.NullMarked
package dev.slipway.kubernetes;
