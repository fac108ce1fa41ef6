package dev.slipway.migration;

/** What a store means to its app. */
public enum StoreRole {
    /** It holds the only copy of something: it is copied, compared and fenced. */
    RECORD,
    /** Its content can be made again: it may diverge while traffic shifts. */
    CACHE,
    /** It stays where it is. */
    LEAVE
}
