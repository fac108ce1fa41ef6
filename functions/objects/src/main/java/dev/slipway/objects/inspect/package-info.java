/** Looks at a place before anything is done. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.inspect;
