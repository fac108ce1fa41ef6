package dev.slipway.local.check;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Proves that two sides hold the same, by psql, redis-cli, aws and sha256sum and none of the product's code. */
public final class OutsideCheck {
    /** Expiry is read as time left, and each server looks at its own clock a moment later. */
    private static final long EXPIRY_TOLERANCE_MILLIS = 1_500;

    private final OutsideTools tools;
    private final Path scratch;

    /** @param scratch a folder that may be written to, for objects that are fetched */
    public OutsideCheck(OutsideTools tools, Path scratch) {
        this.tools = tools;
        this.scratch = scratch;
    }

    /**
     * The stores of one side.
     *
     * @param media {@code file:///folder} or {@code s3://bucket/prefix}
     */
    public record Side(StoreUrl postgres, StoreUrl redis, StoreUrl media) {}

    /** Each thing that differs, e.g. {@code table public.fees differs}; empty if both sides are the same. */
    public List<String> differences(Side first, Side second) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>(postgres(first.postgres, second.postgres));
        differences.addAll(redis(first.redis, second.redis));
        differences.addAll(media(first.media, second.media));
        return differences;
    }

    public List<String> postgres(StoreUrl first, StoreUrl second) throws IOException, InterruptedException {
        return compare(
                new OutsidePostgres(tools.psql(), first).things(),
                new OutsidePostgres(tools.psql(), second).things(),
                String::equals);
    }

    public List<String> redis(StoreUrl first, StoreUrl second) throws IOException, InterruptedException {
        return compare(
                new OutsideRedis(tools.redisCli(), first).keys(),
                new OutsideRedis(tools.redisCli(), second).keys(),
                OutsideCheck::same);
    }

    public List<String> media(StoreUrl first, StoreUrl second) throws IOException, InterruptedException {
        return compare(
                new OutsideFiles(tools, first, scratch.resolve("first")).sums(),
                new OutsideFiles(tools, second, scratch.resolve("second")).sums(),
                String::equals);
    }

    private static boolean same(OutsideRedis.Key first, OutsideRedis.Key second) {
        boolean bothStay = first.expires() < 0 && second.expires() < 0;
        boolean expireTogether = first.expires() >= 0
                && second.expires() >= 0
                && Math.abs(first.expires() - second.expires()) <= EXPIRY_TOLERANCE_MILLIS;
        return first.type().equals(second.type())
                && first.value().equals(second.value())
                && (bothStay || expireTogether);
    }

    /** Nothing on either side would be the same too, and prove nothing. */
    private static <V> List<String> compare(Map<String, V> first, Map<String, V> second, BiPredicate<V, V> same) {
        List<String> differences = new ArrayList<>();
        if (first.isEmpty()) {
            differences.add("the first side is empty");
        }
        TreeSet<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        for (String name : names) {
            V one = first.get(name);
            V other = second.get(name);
            if (one == null || other == null) {
                differences.add(name + " is on the " + (one == null ? "second" : "first") + " side only");
            } else if (!same.test(one, other)) {
                differences.add(name + " differs");
            }
        }
        return differences;
    }
}
