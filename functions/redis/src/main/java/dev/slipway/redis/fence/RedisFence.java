package dev.slipway.redis.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.MigrationLocked;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stops every write to a server that we run ourselves: a number of replicas that no server has is asked for, so that the server
 * answers NOREPLICAS to a write of anybody, in a transaction or a script too, on connections old and new. Keys still expire. The
 * number is written to the server's configuration file, so that a restart does not lift the fence; where there is no such file, or the
 * server may not write it, a restart does, and {@link #fenced} then says so. One probing script of a line stays in the server's script
 * cache.
 */
public final class RedisFence {
    static final String MARK = "masterauth";
    private static final String REPLICAS = "min-replicas-to-write";
    private static final String LAG = "min-replicas-max-lag";
    private static final String EVICTION = "maxmemory-policy";
    private static final String UNREACHED = "1000000";

    /** What stands on the server, to be told from what stood before. */
    public record Hold(String server, String id) {}

    public void fence(StoreUrl url, FenceToken token) {
        try (RedisStore store = RedisStore.open(url)) {
            fence(store, token);
        }
    }

    /** By a connection that another may have ended, and then not at all. */
    public void fence(RedisStore store, FenceToken token) {
        requireSingle(store);
        requirePrimary(store);
        ServerSettings settings = ServerSettings.of(store).orElseThrow(() -> cannotBeFenced(store.url()));
        Optional<FenceMark> standing = FenceMark.parse(settings.get(MARK));
        standing.ifPresent(mark -> requireMayLift(token, mark, "fence"));
        if (standing.map(FenceMark::token).filter(token::equals).isPresent() && stopsWrites(settings)) {
            return;
        }
        Map<String, String> before = standing.map(FenceMark::before)
                .orElseGet(() -> settings.get(List.of(MARK, replicas(settings), lag(settings), EVICTION)));
        settings.set(fenced(settings, token, before));
        prove(store, settings, before);
        if (settings.keep()) {
            FenceMark.parse(settings.get(MARK))
                    .ifPresent(
                            mark -> settings.set(Map.of(MARK, mark.keptInFile().text())));
        }
    }

    public Optional<FenceToken> fenced(StoreUrl url) {
        try (RedisStore store = RedisStore.open(url)) {
            return standing(store).map(FenceMark::token);
        }
    }

    public void unfence(StoreUrl url, FenceToken token) {
        try (RedisStore store = RedisStore.open(url)) {
            unfence(store, token);
        }
    }

    /** By a connection that another may have ended, and then not at all. */
    public void unfence(RedisStore store, FenceToken token) {
        ServerSettings.of(store).ifPresent(settings -> unfence(store, settings, token));
    }

    /** Whose mark stands there, also where we alone may write ({@link OwnAccess}). */
    public Optional<FenceToken> marked(RedisStore store) {
        return mark(store).map(FenceMark::token);
    }

    /** Whether everybody's right to write is ours there. */
    public boolean isOurs(RedisStore store) {
        return mark(store).filter(OwnAccess::isIn).isPresent();
    }

    private static Optional<FenceMark> mark(RedisStore store) {
        return ServerSettings.of(store).flatMap(settings -> FenceMark.parse(settings.get(MARK)));
    }

    /** Hands a standing fence on. */
    public void pass(RedisStore store, FenceToken from, FenceToken to) {
        ServerSettings.of(store).ifPresent(settings -> pass(settings, from, to));
    }

    private static void pass(ServerSettings settings, FenceToken from, FenceToken to) {
        FenceMark.parse(settings.get(MARK))
                .filter(mark -> mark.token().equals(from))
                .ifPresent(mark -> {
                    settings.set(Map.of(MARK, new FenceMark(to.app(), to.attempt(), mark.id(), mark.before()).text()));
                    settings.keep();
                });
    }

    /** @throws FenceBroken if the server is not fenced by this token */
    public Hold require(RedisStore store, FenceToken token) {
        Optional<FenceMark> mark = standing(store);
        if (mark.map(FenceMark::token).filter(token::equals).isEmpty()) {
            String found = mark.map(other -> "it is fenced by " + other.token()).orElse("it takes writes");
            throw new FenceBroken(
                    "copy the Redis at " + store.url().host() + " behind the fence " + token,
                    found,
                    "fence it and copy it again; a restart of the server lifts its fence");
        }
        return new Hold(server(store), mark.orElseThrow().id());
    }

    /** @throws FenceBroken if another fence stands than before, or none, or the server was restarted */
    public void requireUnbroken(RedisStore store, FenceToken token, Hold before) {
        if (!require(store, token).equals(before)) {
            throw new FenceBroken(
                    "copy the Redis at " + store.url().host() + " behind the fence " + token,
                    "the fence was lifted and put up again meanwhile",
                    "copy it again");
        }
    }

    private static Optional<FenceMark> standing(RedisStore store) {
        return ServerSettings.of(store)
                .filter(RedisFence::stopsWrites)
                .flatMap(settings -> FenceMark.parse(settings.get(MARK)));
    }

    private static void unfence(RedisStore store, ServerSettings settings, FenceToken token) {
        Optional<FenceMark> standing = FenceMark.parse(settings.get(MARK));
        if (standing.isPresent()) {
            requireMayLift(token, standing.get(), "unfence");
            if (OwnAccess.isIn(standing.get())) {
                OwnAccess.end(store, standing.get());
            } else {
                settings.set(standing.get().before());
            }
            if (!settings.keep() && standing.get().isKeptInFile()) {
                throw new FenceBroken(
                        "open the Redis at " + store.url().host() + " for its next start, too",
                        "it takes writes, and cannot write its configuration file any more, by which a restart closes it",
                        "let it write that file, and have it do so (CONFIG REWRITE)");
            }
        } else if (settings.get(replicas(settings)).equals(UNREACHED)) {
            // Somebody has overwritten the mark: nothing but a fence asks for so many, and its server must not stay
            // closed.
            settings.set(Map.of(replicas(settings), "0"));
            settings.keep();
        }
    }

    private static Map<String, String> fenced(ServerSettings settings, FenceToken token, Map<String, String> before) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                MARK,
                new FenceMark(token.app(), token.attempt(), UUID.randomUUID().toString(), before).text());
        // A lag of 0 would switch the rule off, and an eviction would be a write of the server's own.
        values.put(
                lag(settings),
                before.getOrDefault(lag(settings), "0").equals("0") ? "10" : before.getOrDefault(lag(settings), "10"));
        values.put(EVICTION, "noeviction");
        values.put(replicas(settings), UNREACHED);
        return values;
    }

    private static boolean stopsWrites(ServerSettings settings) {
        return settings.get(replicas(settings)).equals(UNREACHED)
                && !settings.get(lag(settings)).equals("0");
    }

    static String replicas(ServerSettings settings) {
        return settings.known(REPLICAS, "min-slaves-to-write");
    }

    private static String lag(ServerSettings settings) {
        return settings.known(LAG, "min-slaves-max-lag");
    }

    /** By writes of our own which would do nothing: not every old version stops a script. */
    private static void prove(RedisStore store, ServerSettings settings, Map<String, String> before) {
        RedisAsyncCommands<byte[], byte[]> commands = store.server(0);
        byte[] nobodys = ("slipway:" + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
        String script = "return redis.call('DEL', KEYS[1])";
        if (isTaken(() -> store.await(commands.del(nobodys)))
                || isTaken(() ->
                        store.await(commands.<Long>eval(script, ScriptOutputType.INTEGER, new byte[][] {nobodys})))) {
            settings.set(before);
            throw new FenceBroken(
                    "fence the Redis at " + store.url().host(),
                    "it still takes writes, in scripts at least",
                    "stop the app's writers, or move the app to Redis 6.2 or later first");
        }
    }

    private static boolean isTaken(Runnable write) {
        try {
            write.run();
            return true;
        } catch (RedisCommandExecutionException e) {
            return false;
        }
    }

    private static void requireSingle(RedisStore store) {
        if (store.isCluster()) {
            throw new InvalidInput(
                    "fence the Redis at " + store.url().host(),
                    "it is a cluster, and only a single server can be fenced",
                    "take the app's user its right to write instead, or stop its writers and copy by hand");
        }
    }

    private static void requirePrimary(RedisStore store) {
        if (!"master"
                .equals(store.whenNoScriptRuns(() -> store.info("replication")).get("role"))) {
            throw new InvalidInput(
                    "fence the Redis at " + store.url().host(),
                    "it is a replica",
                    "give the URL of its primary, where the app writes");
        }
    }

    private static void requireMayLift(FenceToken token, FenceMark standing, String verb) {
        if (!standing.app().equals(token.app())) {
            throw new MigrationLocked(
                    verb + " a Redis for " + token,
                    "the fence " + standing.token() + " of another app stands there",
                    "end that app's migration first");
        }
        if (!token.mayLift(standing.token())) {
            throw new StaleAttempt(
                    verb + " a Redis for " + token,
                    "the fence " + standing.token() + " of a later attempt stands there",
                    "leave it to that attempt");
        }
    }

    private static InvalidInput cannotBeFenced(StoreUrl url) {
        return new InvalidInput(
                "fence the Redis at " + url.host(),
                "it has no CONFIG command, as a managed service",
                "take the app's user its right to write instead");
    }

    private static String server(RedisStore store) {
        return store.info("server").getOrDefault("run_id", "");
    }
}
