package dev.slipway.objects.place;

/**
 * An object, or a file seen as one.
 *
 * @param key slash-separated, below the store's folder or prefix
 * @param stamp changes whenever the content does: for a file its size, times and inode, for an object its ETag and time
 */
public record Item(String key, long size, String stamp) {}
