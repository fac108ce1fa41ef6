package dev.slipway.redis.fence;

import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server's settings that a fence needs, read and changed by CONFIG. */
public final class ServerSettings {
    private final RedisStore store;
    private final RedisAsyncCommands<byte[], byte[]> commands;

    private ServerSettings(RedisStore store) {
        this.store = store;
        this.commands = store.server(0);
    }

    /**
     * The settings, or empty where the server has no CONFIG, as on managed services and where it was renamed.
     *
     * @throws InvalidInput if only this user may not use it
     */
    public static Optional<ServerSettings> of(RedisStore store) {
        ServerSettings settings = new ServerSettings(store);
        try {
            settings.get("masterauth");
            return Optional.of(settings);
        } catch (RedisCommandExecutionException e) {
            if (RedisStore.reason(e).startsWith("ERR unknown command")) {
                return Optional.empty();
            }
            throw new InvalidInput(
                    "read the settings of the Redis at " + store.url().host(),
                    "it answered '" + RedisStore.reason(e) + "'",
                    "give the URL of a user who may use CONFIG",
                    e);
        }
    }

    /** The setting's value; empty where it has none or the version does not know it. */
    public String get(String name) {
        return read(name).getOrDefault(name, "");
    }

    /** The first of the names that this version knows. */
    public String known(String name, String formerName) {
        return read(name).isEmpty() ? formerName : name;
    }

    private Map<String, String> read(String name) {
        return store.whenNoScriptRuns(() -> store.await(commands.configGet(name)));
    }

    public Map<String, String> get(Iterable<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, get(name)));
        return values;
    }

    /**
     * Changes all settings in one step, which no other client's command can come between, and not while a script runs, which may
     * still write.
     */
    public void set(Map<String, String> values) {
        try {
            store.whenNoScriptRuns(() -> transact(values));
        } catch (RedisCommandExecutionException e) {
            throw new InvalidInput(
                    "change the settings of the Redis at " + store.url().host(),
                    "it answered '" + RedisStore.reason(e) + "'",
                    "give the URL of a user who may use CONFIG SET and MULTI",
                    e);
        }
    }

    /**
     * Writes all settings to the file that the server was started with, where there is one that it may write: its next start finds
     * them there.
     */
    public boolean keep() {
        try {
            store.whenNoScriptRuns(() -> store.await(commands.configRewrite()));
            return true;
        } catch (RedisCommandExecutionException e) {
            return false;
        }
    }

    private TransactionResult transact(Map<String, String> values) {
        RedisFuture<String> begun = commands.multi();
        List<RedisFuture<String>> changes = new ArrayList<>();
        values.forEach((name, value) -> changes.add(commands.configSet(name, value)));
        RedisFuture<TransactionResult> done = commands.exec();
        store.await(begun);
        try {
            TransactionResult result = store.await(done);
            changes.forEach(store::await);
            return result;
        } catch (RedisCommandExecutionException e) {
            // The change that was refused says why; EXEC says only that one was.
            changes.stream().filter(RedisFuture::isDone).forEach(store::await);
            throw e;
        }
    }
}
