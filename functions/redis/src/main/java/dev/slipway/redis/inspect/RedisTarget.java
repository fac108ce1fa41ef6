package dev.slipway.redis.inspect;

import dev.slipway.migration.Bytes;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.copy.Collisions;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.DumpVersion;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Refused;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RestoreArgs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** What a target does not take of a source: because of what it holds, of its version, of its room or of what its login may do. */
public final class RedisTarget {
    private static final String THE_TARGET = "the target";

    private final RedisStore from;
    private final RedisStore to;
    private final ServerFacts here;
    private final ServerFacts there;
    private final KeySurvey.Seen keys;
    private final List<Finding> findings = new ArrayList<>();

    private RedisTarget(RedisStore from, RedisStore to) {
        this.from = from;
        this.to = to;
        this.here = ServerFacts.read(from);
        this.there = ServerFacts.read(to);
        this.keys = KeySurvey.of(from, DatabasePair.of(from), RedisInspection.PATIENCE);
    }

    public static List<Finding> findings(StoreUrl source, StoreUrl target) {
        try (RedisStore from = RedisStore.open(source);
                RedisStore to = RedisStore.open(target)) {
            return new RedisTarget(from, to).look();
        } catch (RedisCommandExecutionException e) {
            throw Refused.reading("look at " + source + " beside", target, e);
        }
    }

    private List<Finding> look() {
        place();
        content();
        version();
        modules();
        memory();
        eviction();
        rights();
        return findings;
    }

    private void place() {
        if (there.isReplica()) {
            blocker(THE_TARGET, "It is a replica, which takes no writes: name its primary.");
        }
        List<DatabasePair> pairs = DatabasePair.of(from, to);
        if (there.isCluster() && pairs.stream().anyMatch(pair -> pair.target() > 0)) {
            List<Integer> used = List.copyOf(here.databases().keySet());
            blocker(
                    "databases",
                    "The source has keys in the databases " + used
                            + ", and a cluster has 0 only: put them together by ?map=*:0 in the target's URL, or name one by ?db=only,"
                            + " e.g. redis://host:port/" + used.getLast() + "?db=only.");
        } else if (!there.isCluster()) {
            pairs.forEach(pair -> exists(pair.target()));
        }
        Collisions.of(from, pairs).finding().ifPresent(findings::add);
    }

    private void exists(int database) {
        try {
            to.database(database);
        } catch (InvalidInput e) {
            blocker(
                    "databases",
                    "The target has no database " + database
                            + ", which the source uses: give it more, or put several together by"
                            + " ?map= in its URL.");
        }
    }

    private void content() {
        boolean empty = DatabasePair.of(to).stream()
                .noneMatch(database -> there.databases()
                                .getOrDefault(database, ServerFacts.Keys.NONE)
                                .all()
                        > 0);
        if (!empty) {
            blocker(
                    THE_TARGET,
                    "It is not empty, and a copy to it is refused unless both hold the same: name an empty one, or empty it.");
        }
    }

    private void version() {
        OptionalInt written = ServerDetails.version(here, keys);
        OptionalInt taken = DumpVersion.of(there.info());
        if (written.isPresent() && taken.isPresent() && written.getAsInt() > taken.getAsInt()) {
            warning(
                    "versions",
                    "The source (" + here.version() + ") dumps values in version " + written.getAsInt()
                            + " and the target (" + there.version() + ") takes up to " + taken.getAsInt()
                            + ": they are copied type by type, which is slower, and what only the source knows, as expiries of"
                            + " fields of hashes, is not.");
        }
    }

    private void modules() {
        List<String> lacking = here.modules().keySet().stream()
                .filter(module -> !there.modules().containsKey(module))
                .toList();
        if (!lacking.isEmpty() && !keys.ofModules().isEmpty()) {
            blocker(
                    "modules",
                    "The target lacks " + String.join(", ", lacking) + ", and the source has keys of the types "
                            + String.join(", ", keys.ofModules())
                            + ": take a target that has them, or delete the keys.");
        } else if (!lacking.isEmpty()) {
            warning(
                    "modules",
                    "The target lacks " + String.join(", ", lacking) + "; no key of theirs is among "
                            + (keys.whole() ? "the" : "a sample of") + " " + keys.seen() + " keys of the source.");
        }
    }

    private void memory() {
        there.memoryLimit().ifPresent(limit -> {
            long needed = here.number("used_memory");
            if (needed > limit) {
                blocker(
                        "memory",
                        "The source uses " + Bytes.text((double) needed) + " and the target has "
                                + Bytes.text((double) limit) + ": take a larger one, or raise its maxmemory.");
            }
        });
    }

    private void eviction() {
        if (there.evicts()) {
            warning(
                    "eviction",
                    "The target removes keys by the policy " + there.evictionPolicy() + " when "
                            + Bytes.text((double) there.number("maxmemory"))
                            + " are used, which may be during the copy: set noeviction until it is done.");
        }
    }

    /** What a copy sends, to a key that is not there and in a form that changes nothing. */
    private void rights() {
        byte[] key = ("slipway-" + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
        int database = DatabasePair.of(from).stream().findFirst().orElse(0);
        refusal(() -> from.await(from.database(database).dump(key)))
                .ifPresent(said -> blocker(
                        "rights",
                        "The source refuses DUMP ('" + said + "'): log in as a user who may read everything."));
        refusal(() -> to.await(to.database(0).restore(key, new byte[0], RestoreArgs.Builder.ttl(0))))
                .filter(said -> said.startsWith("NOPERM") || said.startsWith("ERR unknown command"))
                .ifPresent(said -> blocker(
                        "rights", "The target refuses RESTORE ('" + said + "'): log in as a user who may use it."));
    }

    private static Optional<String> refusal(Runnable command) {
        try {
            command.run();
            return Optional.empty();
        } catch (RedisCommandExecutionException e) {
            return Optional.of(RedisStore.reason(e));
        }
    }

    private void blocker(String subject, String message) {
        findings.add(Finding.blocker(subject, message));
    }

    private void warning(String subject, String message) {
        findings.add(Finding.warning(subject, message));
    }
}
