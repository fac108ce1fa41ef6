package dev.slipway.objects.copy;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.session.WireRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the target takes, and what its URL asks for. A store is taken to know everything until it refuses it; what is done without then
 * is told once.
 */
final class TargetTerms {
    private static final int BAD_REQUEST = 400;
    private static final String IF_MATCH = "if-match";
    private static final String IF_NONE_MATCH = "if-none-match";
    private static final Finding UNCONDITIONAL = Finding.warning(
            "conditional writes",
            "The target does not know conditional writes: nothing else may write there during the copy.");

    private final Map<String, String> wishes;
    private final Map<String, Finding> findings = new ConcurrentHashMap<>();
    private final LongAdder bySignature = new LongAdder();
    private final LongAdder unproved = new LongAdder();
    private volatile boolean checksums = true;
    private volatile boolean keepsChecksums = true;
    private volatile boolean conditions = true;

    /** @param target with {@code ?storage=}, {@code ?sse=} and {@code ?kms=} */
    TargetTerms(StoreUrl target) {
        Map<String, String> asked = new LinkedHashMap<>();
        target.parameter("storage").ifPresent(storage -> asked.put("x-amz-storage-class", storage));
        target.parameter("sse").ifPresent(sse -> asked.put("x-amz-server-side-encryption", sse));
        target.parameter("kms").ifPresent(key -> asked.put("x-amz-server-side-encryption-aws-kms-key-id", key));
        this.wishes = Map.copyOf(asked);
    }

    Map<String, String> wishes() {
        return wishes;
    }

    boolean checksums() {
        return checksums;
    }

    /** Whether the store has proved a checksum; otherwise the body's own hash is signed, which it proves instead. */
    boolean keepsChecksums() {
        return checksums && keepsChecksums;
    }

    /**
     * What arrived was proved by the store's checksum of it, or not.
     *
     * @param signed whether the body's own hash was signed, which the store holds against it
     */
    void answered(boolean kept, boolean signed) {
        keepsChecksums = kept;
        if (!kept) {
            (signed ? bySignature : unproved).increment();
        }
    }

    /**
     * What makes the store refuse to write over an object that is not the one that was seen, or over any where none was. Of one without
     * a tag nothing can be demanded.
     */
    Map<String, String> condition(Optional<Item> seen) {
        if (!conditions || seen.filter(item -> item.tag().isEmpty()).isPresent()) {
            return Map.of();
        }
        return seen.isPresent() ? Map.of(IF_MATCH, seen.get().tag()) : Map.of(IF_NONE_MATCH, "*");
    }

    Map<String, String> checksum(String checksum) {
        return checksums ? Map.of(Bucket.CHECKSUM, checksum) : Map.of();
    }

    /** Whether a request with these headers is worth another try without what the store does not know. */
    boolean lowers(WireRefusal refusal, Map<String, String> headers) {
        boolean conditional = headers.containsKey(IF_MATCH) || headers.containsKey(IF_NONE_MATCH);
        boolean checked = headers.keySet().stream().anyMatch(name -> name.startsWith("x-amz-checksum-"));
        if (refusal.isUnknownThere() && conditional) {
            conditions = false;
            findings.put("conditions", UNCONDITIONAL);
        } else if ((refusal.isUnknownThere() || refusal.status() == BAD_REQUEST) && checked) {
            checksums = false;
        } else {
            return false;
        }
        return true;
    }

    List<Finding> findings() {
        Map<String, Finding> all = new TreeMap<>(findings);
        if (bySignature.sum() + unproved.sum() > 0) {
            all.put(
                    "checksums",
                    Finding.warning(
                            "checksums",
                            "The target keeps no CRC64NVME: of what was sent it has proved " + bySignature.sum()
                                    + " objects by their signed SHA-256 and " + unproved.sum()
                                    + " by nothing. A comparison reads them all."));
        }
        return List.copyOf(all.values());
    }
}
