/** Tells whether two places hold the same. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.compare;
