package dev.slipway.objects.place;

/**
 * An object, or a file seen as one.
 *
 * @param key slash-separated, below the store's folder or prefix
 * @param stamp changes whenever the object does: for a file its times and inode, for an object its ETag and time
 * @param tag the object's ETag, an opaque word; empty for a file
 */
public record Item(String key, long size, String stamp, String tag) implements Keyed {}
