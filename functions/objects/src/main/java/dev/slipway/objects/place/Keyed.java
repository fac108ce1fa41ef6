package dev.slipway.objects.place;

/** What has a key, and a place in the order of keys. */
public interface Keyed {
    String key();
}
