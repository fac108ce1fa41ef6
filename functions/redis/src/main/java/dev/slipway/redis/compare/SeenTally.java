package dev.slipway.redis.compare;

import dev.slipway.redis.keys.ContentDigest;
import dev.slipway.redis.keys.SeenKeys;

/** The tally of a comparison that looks at each key once. */
final class SeenTally implements KeyTally {
    private final ContentDigest content = new ContentDigest();
    private final SeenKeys seen = new SeenKeys();
    private long items;
    private long bytes;

    @Override
    public boolean same(int database, byte[] key, byte[] valueDigest, long size) {
        byte[] digest = ContentDigest.of(ContentDigest.text(Integer.toString(database)), key, valueDigest);
        synchronized (this) {
            if (!seen.add(digest)) {
                return false;
            }
            content.add(digest);
            items++;
            bytes += size;
            return true;
        }
    }

    @Override
    public void gone(int database, byte[] key) {
        // What was counted as the same was so when it was looked at.
    }

    @Override
    public synchronized Count count() {
        return new Count(items, bytes);
    }

    @Override
    public String digest() {
        return content.hex();
    }
}
