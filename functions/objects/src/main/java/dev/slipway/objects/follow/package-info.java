/** Keeps a place up with another by passes over both, and turns the direction. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.follow;
