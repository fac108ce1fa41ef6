/** What copies remember of a pair of places: what was listed, what was sent, and as what it arrived. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.manifest;
