package dev.slipway.redis.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.redis.session.Answers;
import dev.slipway.redis.session.RedisStore;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets us alone write behind a fence: in its place every user loses the right to write, and a user of our own has it. The fence's mark
 * keeps what the others' rules were, and all of it is changed in one transaction. From Redis 6 on.
 */
public final class OwnAccess {
    private static final String USER = "slipway";
    private static final String RULES = "user ";
    private static final int PASSWORD_BYTES = 24;

    private OwnAccess() {}

    /** Whether our login there may do what that takes. */
    public static boolean isPossible(RedisStore store) {
        return Answers.allowed(store, store.server(0).configGet(RedisFence.MARK))
                        .isPresent()
                && Answers.allowed(store, store.server(0).aclList()).isPresent()
                && mayDo(store, "CONFIG", "SET", RedisFence.MARK, "")
                && mayDo(store, "ACL", "SETUSER", USER);
    }

    /** By ACL DRYRUN, from Redis 7.0 on; where that is not known, whoever may read may change. */
    private static boolean mayDo(RedisStore store, String... words) {
        if (!store.isAtLeast(7, 0)) {
            return true;
        }
        Optional<String> user = Answers.allowed(store, store.server(0).aclWhoami());
        CommandArgs<byte[], byte[]> question = new CommandArgs<>(ByteArrayCodec.INSTANCE).add("DRYRUN");
        user.ifPresent(question::add);
        List.of(words).forEach(question::add);
        return user.isEmpty()
                || Answers.allowed(
                                store,
                                store.server(0)
                                        .dispatch(
                                                CommandType.ACL, new StatusOutput<>(ByteArrayCodec.INSTANCE), question))
                        .filter("OK"::equals)
                        .isPresent();
    }

    /**
     * Of several that open it each has a password of its own, and none takes another's away.
     *
     * @return the store's URL with the login that may write
     */
    public static StoreUrl open(StoreUrl url, FenceToken token) {
        try (RedisStore store = RedisStore.open(url)) {
            return open(store, token);
        }
    }

    /** The same by a connection that another may have ended, and then not at all. */
    public static StoreUrl open(RedisStore store, FenceToken token) {
        ServerSettings settings = ServerSettings.of(store).orElseThrow();
        FenceMark mark = FenceMark.parse(settings.get(RedisFence.MARK))
                .filter(found -> found.token().equals(token))
                .orElseThrow(() -> new FenceBroken(
                        "write to the Redis at " + store.url().host() + " behind its fence",
                        "that does not stand any more",
                        "find out who lifted it; a restart of the server does"));
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        Map<String, String> before = new LinkedHashMap<>(mark.before());
        List<List<String>> commands = new ArrayList<>();
        for (String user : store.await(store.server(0).aclList())) {
            String name = user.split(" ", 3)[1];
            if (!name.equals(USER)) {
                before.putIfAbsent(RULES + name, user.split(" ", 3)[2]);
                commands.add(List.of("ACL", "SETUSER", name, "-@write"));
            }
        }
        commands.add(List.of("ACL", "SETUSER", USER, "on", ">" + password, "~*", "&*", "+@all"));
        FenceMark kept = new FenceMark(mark.app(), mark.attempt(), mark.id(), before);
        String text = kept.text();
        if (!isIn(mark)) {
            // The file says that nobody may write: so it is after a restart, until this is opened again.
            settings.set(Map.of(RedisFence.MARK, text));
            settings.keep();
        }
        commands.addFirst(List.of("CONFIG", "SET", RedisFence.MARK, text));
        commands.add(List.of("CONFIG", "SET", RedisFence.replicas(settings), "0"));
        transact(store, commands);
        return store.url().withLogin(USER, password);
    }

    /** Whether a mark is of a side that only we may write to. */
    static boolean isIn(FenceMark mark) {
        return mark.before().keySet().stream().anyMatch(name -> name.startsWith(RULES));
    }

    /** Gives everybody back what they had, and takes the mark away. */
    static void end(RedisStore store, FenceMark mark) {
        List<List<String>> commands = new ArrayList<>();
        mark.before().forEach((name, value) -> {
            if (name.startsWith(RULES)) {
                List<String> command =
                        new ArrayList<>(List.of("ACL", "SETUSER", name.substring(RULES.length()), "reset"));
                command.addAll(List.of(value.split(" ", -1)));
                commands.add(command);
            } else {
                commands.add(List.of("CONFIG", "SET", name, value));
            }
        });
        commands.add(List.of("ACL", "DELUSER", USER));
        transact(store, commands);
    }

    private static void transact(RedisStore store, List<List<String>> commands) {
        RedisAsyncCommands<byte[], byte[]> server = store.server(0);
        RedisFuture<String> begun = server.multi();
        List<RedisFuture<?>> changes = new ArrayList<>();
        commands.forEach(words -> changes.add(send(server, words)));
        RedisFuture<TransactionResult> done = server.exec();
        try {
            store.await(begun);
            store.await(done);
            changes.forEach(store::await);
        } catch (RedisCommandExecutionException e) {
            throw refused(store, changes, e);
        }
    }

    private static RedisFuture<?> send(RedisAsyncCommands<byte[], byte[]> server, List<String> words) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        words.subList(1, words.size()).forEach(word -> arguments.add(word.getBytes(StandardCharsets.UTF_8)));
        return words.get(1).equals("DELUSER")
                ? server.dispatch(CommandType.ACL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), arguments)
                : server.dispatch(
                        CommandType.valueOf(words.getFirst()), new StatusOutput<>(ByteArrayCodec.INSTANCE), arguments);
    }

    /** The command that was refused says why; the transaction says only that one was. */
    private static FenceBroken refused(
            RedisStore store, List<RedisFuture<?>> changes, RedisCommandExecutionException last) {
        RedisCommandExecutionException told = last;
        try {
            changes.stream().filter(RedisFuture::isDone).forEach(store::await);
        } catch (RedisCommandExecutionException e) {
            told = e;
        }
        return new FenceBroken(
                "change who may write to the Redis at " + store.url().host(),
                "it answered '" + RedisStore.reason(told) + "'",
                "give the URL of a user who may use ACL and CONFIG",
                told);
    }
}
