package dev.slipway.redis.compare;

import dev.slipway.migration.Sha256;
import dev.slipway.redis.keys.ContentDigest;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;

/** SHA-256 over a value by its elements: the same on every version, however the server keeps or orders them; fed piece by piece. */
final class ValueDigest {
    private final MessageDigest inOrder = Sha256.digest();
    private final ContentDigest inAnyOrder = new ContentDigest();
    private long bytes;

    /** What follows of a string. */
    void addText(byte[] piece) {
        inOrder.update(piece);
        bytes += piece.length;
    }

    /** The next element of a list. */
    void addNext(byte[] element) {
        ContentDigest.update(inOrder, element);
        bytes += element.length;
    }

    /** By the number and not by its text, which versions write differently; -0 is 0. */
    void addScored(ScoredValue<byte[]> member) {
        addNext(member.getValue());
        addNext(score(member));
    }

    static byte[] score(ScoredValue<byte[]> member) {
        return ByteBuffer.allocate(Double.BYTES)
                .putDouble(member.getScore() + 0.0)
                .array();
    }

    /** A member of a set. */
    void addMember(byte[] member) {
        inAnyOrder.add(ContentDigest.of(member));
        bytes += member.length;
    }

    /** A field of a hash. */
    void addField(byte[] field, byte[] value) {
        inAnyOrder.add(ContentDigest.of(field, value));
        bytes += field.length + value.length;
    }

    /** The next entry of a stream. */
    void addEntry(StreamMessage<byte[], byte[]> entry) {
        addNext(ContentDigest.text(entry.getId() + " " + entry.getBody().size()));
        for (Map.Entry<byte[], byte[]> field : entry.getBody().entrySet()) {
            addNext(field.getKey());
            addNext(field.getValue());
        }
    }

    /** Of all that was added; nothing may be added afterwards. */
    byte[] digest() {
        return ContentDigest.of(inOrder.digest(), inAnyOrder.digest());
    }

    long bytes() {
        return bytes;
    }
}
