package dev.slipway.redis;

import dev.slipway.migration.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 over items whose order does not matter: the sum of their digests. */
final class ContentDigest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private BigInteger sum = BigInteger.ZERO;

    /** The digest of fields in their order, each with its length, so that no two lists of fields run into one. */
    static byte[] of(byte[]... fields) {
        MessageDigest digest = Sha256.digest();
        for (byte[] field : fields) {
            update(digest, field);
        }
        return digest.digest();
    }

    static void update(MessageDigest digest, byte[] field) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        digest.update(field);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    synchronized void add(byte[] itemDigest) {
        sum = sum.add(new BigInteger(1, itemDigest)).mod(MODULUS);
    }

    /** Of all items so far; the same for the same items in any order. */
    synchronized byte[] digest() {
        return of(sum.toByteArray());
    }

    String hex() {
        return HexFormat.of().formatHex(digest());
    }
}
