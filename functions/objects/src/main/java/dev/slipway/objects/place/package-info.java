/** Folders and buckets as places that hold objects: keys, attributes, content. */
@org.jspecify.annotations.NullMarked
package dev.slipway.objects.place;
