/** Makes a bucket hold what the source holds. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.copy;
