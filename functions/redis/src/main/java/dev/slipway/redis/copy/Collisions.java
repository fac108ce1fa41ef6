package dev.slipway.redis.copy;

import dev.slipway.migration.Finding;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.KeyText;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys of the same name in databases that become one: only one of them would be left. */
public final class Collisions {
    private static final int NAMED = 5;

    private final RedisStore source;
    private final List<String> first = new ArrayList<>();
    private long count;

    private Collisions(RedisStore source) {
        this.source = source;
    }

    /** Goes through the names of all keys in databases that become one with another. */
    public static Collisions of(RedisStore source, List<DatabasePair> pairs) {
        Collisions collisions = new Collisions(source);
        pairs.forEach(collisions::look);
        return collisions;
    }

    /** @throws InvalidInput if there is one */
    void requireNone(String what) {
        if (count > 0) {
            throw new InvalidInput(what, text(), remedy());
        }
    }

    /** What an inspection says of them. */
    public Optional<Finding> finding() {
        return count == 0
                ? Optional.empty()
                : Optional.of(Finding.blocker("databases", text() + ": " + remedy() + "."));
    }

    private String text() {
        return count + (count == 1 ? " key is" : " keys are") + " in several databases that become one: "
                + String.join(", ", first) + (count > first.size() ? " and " + (count - first.size()) + " more" : "");
    }

    private static String remedy() {
        return "rename one of each, or map these databases to different ones";
    }

    private void look(DatabasePair pair) {
        List<Integer> others =
                pair.merged().stream().filter(number -> number > pair.source()).toList();
        if (others.isEmpty()) {
            return;
        }
        KeyBatches batches = KeyBatches.ofNames(source, pair.source());
        while (batches.hasNext()) {
            List<byte[]> keys = batches.next();
            for (int other : others) {
                Set<byte[]> absent = Collections.newSetFromMap(new IdentityHashMap<>());
                absent.addAll(source.absent(other, keys));
                keys.stream().filter(key -> !absent.contains(key)).forEach(key -> add(pair.source(), other, key));
            }
        }
    }

    private void add(int one, int other, byte[] key) {
        count++;
        if (first.size() < NAMED) {
            first.add(KeyText.of(one, key) + " and db" + other);
        }
    }
}
