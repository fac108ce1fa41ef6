/** Copies container images from one registry into another, over the protocol of the OCI Distribution Specification. */
@org.jspecify.annotations.NullMarked
package dev.slipway.worker.images;
