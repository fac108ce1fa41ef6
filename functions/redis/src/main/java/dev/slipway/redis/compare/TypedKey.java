package dev.slipway.redis.compare;

/** A key that has the same type on both sides. */
final class TypedKey {
    private final byte[] key;
    private final String type;

    TypedKey(byte[] key, String type) {
        this.key = key;
        this.type = type;
    }

    byte[] key() {
        return key;
    }

    String type() {
        return type;
    }
}
