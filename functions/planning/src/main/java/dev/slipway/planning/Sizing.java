package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Optional;

/** How large the target's parts are, after the tables of the guides, on Graviton instances. */
final class Sizing {
    /** What RDS gives an instance at most. */
    private static final long MOST_STORAGE_GB = 65_536;

    /** By what they have for data, of which ElastiCache keeps a quarter for its own work. */
    private static final List<CacheNode> CACHE_NODES = List.of(
            new CacheNode("cache.t4g.micro", 500, Optional.of(Size.POC)),
            new CacheNode("cache.t4g.small", 1_370, Optional.of(Size.SMALL)),
            new CacheNode("cache.t4g.medium", 3_090, Optional.empty()),
            new CacheNode("cache.r7g.large", 13_070, Optional.of(Size.MEDIUM)),
            new CacheNode("cache.r7g.xlarge", 26_320, Optional.empty()),
            new CacheNode("cache.r7g.2xlarge", 52_820, Optional.empty()));

    private Sizing() {}

    /** @param size whose node it is where nothing is known of the data */
    private record CacheNode(String name, int mb, Optional<Size> size) {
        boolean isFor(Size wanted) {
            return size.filter(wanted::equals).isPresent();
        }
    }

    static String database(Size size) {
        return switch (size) {
            case POC -> "db.t4g.micro";
            case SMALL -> "db.t4g.medium";
            case MEDIUM -> "db.t4g.large";
        };
    }

    /** Room for half as much again as is known to be in it, as far as RDS has it. */
    static int databaseStorageGb(Size size, Optional<Long> bytes) {
        int usual = size == Size.POC ? 20 : 100;
        long known = bytes.orElse(0L) >> 30;
        return (int) Math.clamp(Math.ceilDiv(known + known / 2, 10) * 10, usual, MOST_STORAGE_GB);
    }

    /** Twice as much; 0 where RDS has no more to give. */
    static int mostStorageGb(int storageGb) {
        return storageGb > MOST_STORAGE_GB / 2 ? 0 : 2 * storageGb;
    }

    /** A bucket keeps its objects' versions instead. The guide to BahnVision keeps those of a cache for 15 days. */
    static int backupDays(StoreKind kind, Size size) {
        return switch (kind) {
            case POSTGRES -> size == Size.MEDIUM ? 30 : 7;
            case REDIS -> size == Size.POC ? 7 : 15;
            case OBJECTS -> 0;
        };
    }

    /** What a bill assumes that Aurora reads and writes in a month, in millions of requests. */
    static int auroraMillions(Size size) {
        return switch (size) {
            case POC -> 5;
            case SMALL -> 25;
            case MEDIUM -> 100;
        };
    }

    static boolean standby(Size size) {
        return size != Size.POC;
    }

    /** The size's node, or the smallest that has half as much room again as is known to be needed; the largest where none has. */
    static String cache(Size size, Optional<Long> bytes) {
        List<CacheNode> large =
                CACHE_NODES.stream().dropWhile(node -> !node.isFor(size)).toList();
        double mb = bytes.orElse(0L) / 1e6 * 1.5;
        return large.stream()
                .filter(node -> node.mb() >= mb)
                .findFirst()
                .orElse(large.getLast())
                .name();
    }

    /** What the size's node has for data, in MB. */
    static int cacheMb(Size size) {
        return CACHE_NODES.stream()
                .filter(node -> node.isFor(size))
                .mapToInt(CacheNode::mb)
                .findFirst()
                .orElseThrow();
    }

    /** What a bill assumes that leaves for the internet in a month. */
    static int transferGb(Size size) {
        return switch (size) {
            case POC -> 50;
            case SMALL -> 200;
            case MEDIUM -> 1_000;
        };
    }

    static int tasks(Size size, int replicas) {
        return Math.max(replicas, size == Size.POC ? 1 : 2);
    }

    /** What a bill assumes to be stored in a bucket. */
    static int bucketGb(Size size) {
        return switch (size) {
            case POC -> 10;
            case SMALL -> 100;
            case MEDIUM -> 1000;
        };
    }
}
