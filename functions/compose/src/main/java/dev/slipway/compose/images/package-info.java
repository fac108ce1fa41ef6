/** What is known of images: which product each holds, and what part that plays. */
@org.jspecify.annotations.NullMarked
package dev.slipway.compose.images;
