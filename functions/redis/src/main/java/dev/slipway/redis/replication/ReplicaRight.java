package dev.slipway.redis.replication;

import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether a login may read a server as its replica does, by PSYNC; found out without beginning to. */
public enum ReplicaRight {
    ALLOWED,
    REFUSED,
    /** The server does not tell. */
    UNKNOWN;

    /** The categories of PSYNC, by which an access rule may mean it. */
    private static final Set<String> CATEGORIES = Set.of("@all", "@admin", "@slow", "@dangerous");

    public static ReplicaRight of(RedisStore store) {
        Optional<List<Object>> known = Answers.allowed(store, store.database(0).commandInfo("psync"));
        if (known.isPresent() && (known.get().isEmpty() || known.get().getFirst() == null)) {
            return REFUSED;
        }
        Optional<String> user = Answers.allowed(store, store.database(0).aclWhoami());
        if (user.isEmpty()) {
            // Before Redis 6 whoever is logged in may do everything; a later one refuses the question to whom it
            // refuses more.
            return known.isPresent()
                            && !store.info("server")
                                    .getOrDefault("redis_version", "")
                                    .matches("[6-9].*|\\d\\d.*")
                    ? ALLOWED
                    : UNKNOWN;
        }
        return tried(store, user.get()).or(() -> byRules(store, user.get())).orElse(UNKNOWN);
    }

    /** By ACL DRYRUN, from Redis 7.0 on. */
    private static Optional<ReplicaRight> tried(RedisStore store, String user) {
        CommandArgs<byte[], byte[]> psync = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .add("DRYRUN")
                .add(user)
                .add("PSYNC")
                .add("?")
                .add("-1");
        return Answers.allowed(
                        store,
                        store.database(0).dispatch(CommandType.ACL, new StatusOutput<>(ByteArrayCodec.INSTANCE), psync))
                .map(said -> said.equals("OK") ? ALLOWED : REFUSED);
    }

    /** By the rules of ACL GETUSER: the last that means PSYNC counts. */
    private static Optional<ReplicaRight> byRules(RedisStore store, String user) {
        CommandArgs<byte[], byte[]> question =
                new CommandArgs<>(ByteArrayCodec.INSTANCE).add("GETUSER").add(user);
        return Answers.allowed(
                        store,
                        store.database(0)
                                .dispatch(CommandType.ACL, new ArrayOutput<>(ByteArrayCodec.INSTANCE), question))
                .map(Answers::map)
                .filter(facts -> facts.containsKey("commands"))
                .map(facts -> of(Answers.text(Objects.requireNonNull(facts.get("commands")))));
    }

    private static ReplicaRight of(String rules) {
        ReplicaRight last = REFUSED;
        for (String rule : rules.toLowerCase(Locale.ROOT).split(" ", -1)) {
            if (!rule.isEmpty()
                    && (CATEGORIES.contains(rule.substring(1))
                            || rule.substring(1).equals("psync"))) {
                last = rule.startsWith("+") ? ALLOWED : REFUSED;
            }
        }
        return last;
    }
}
