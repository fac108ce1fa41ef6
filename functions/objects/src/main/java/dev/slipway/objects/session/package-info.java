/** How a store that speaks S3 is reached. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.session;
