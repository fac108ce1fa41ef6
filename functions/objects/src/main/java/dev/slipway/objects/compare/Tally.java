package dev.slipway.objects.compare;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.objects.place.KeyOrder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** Counts what was found; nothing in it grows with the number of objects. */
public final class Tally {
    private static final int LISTED = 20;
    private static final BigInteger BOUND = BigInteger.TWO.pow(256);

    private final TreeMap<String, Difference> first = new TreeMap<>(KeyOrder.INSTANCE);
    private final TreeMap<String, String> firstUnknown = new TreeMap<>(KeyOrder.INSTANCE);
    /** The sum of all objects' digests, which is the same in whatever order they come. */
    private BigInteger content = BigInteger.ZERO;

    private long same;
    private long read;
    private long bytes;
    private long differences;
    private long unknown;

    public synchronized Progress.Amount same(String place, String key, Verdict.Same verdict) {
        byte[] digest = Sha256.digest().digest((key + "\0" + verdict.content()).getBytes(StandardCharsets.UTF_8));
        content = content.add(new BigInteger(1, digest)).mod(BOUND);
        same++;
        read += verdict.read() ? 1 : 0;
        bytes += verdict.bytes();
        return new Progress.Amount(place, same, 0, bytes, 0);
    }

    public synchronized void different(Side side, String key, String detail) {
        differences++;
        first.put(key, new Difference(side, key, detail));
        if (first.size() > LISTED) {
            first.pollLastEntry();
        }
    }

    public synchronized void unknown(String key, String why) {
        unknown++;
        firstUnknown.put(key, why);
        if (firstUnknown.size() > 1) {
            firstUnknown.pollLastEntry();
        }
    }

    /** A difference that was seen outweighs what could not be told. */
    public synchronized Comparison outcome() {
        if (differences > 0) {
            return new Comparison.Different(differences, List.copyOf(first.values()));
        }
        if (unknown > 0) {
            String what = unknown == 1
                    ? "1 object could not be compared: "
                    : unknown + " objects could not be compared, the first is ";
            return new Comparison.Unknown(what + firstUnknown.firstKey() + " ("
                    + firstUnknown.firstEntry().getValue() + ")");
        }
        return new Comparison.Same(same, bytes, "%064x".formatted(content), findings());
    }

    private List<Finding> findings() {
        return read == 0
                ? List.of()
                : List.of(Finding.warning(
                        "checksums",
                        "No store answers for a checksum of " + read + " of " + same
                                + " objects: they were compared by reading both sides."));
    }
}
