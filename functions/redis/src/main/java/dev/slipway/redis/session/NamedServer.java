package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.SocketAddressResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The very server that a URL names, with its connections to each database in use. */
final class NamedServer implements AutoCloseable {
    /** Shared and never shut down: its threads are daemons, and starting them costs more than a whole inspection. */
    static final ClientResources RESOURCES = ClientResources.builder()
            .ioThreadPoolSize(4)
            .computationThreadPoolSize(2)
            // Lettuce would ask the name server itself; the JVM's own look-up honours jdk.net.hosts.file.
            .socketAddressResolver(SocketAddressResolver.create(InetAddress::getAllByName))
            .build();

    private static final int CONNECTS = 5;
    private static final Pattern CLIENT = Pattern.compile("^id=(\\d+) .* name=(\\S*) ");

    private final StoreUrl url;
    private final Patience patience;
    private final RedisClient client;
    private final Map<Integer, RedisAsyncCommands<byte[], byte[]>> databases = new ConcurrentHashMap<>();
    private final Queue<StatefulRedisConnection<byte[], byte[]>> connections = new ConcurrentLinkedQueue<>();

    NamedServer(StoreUrl url, Patience patience) {
        this.url = url;
        this.patience = patience;
        this.client = RedisClient.create(RESOURCES);
        client.setOptions(Address.options(url));
    }

    /** Returns when it has answered. */
    void greet() {
        try {
            patience.whenNoScriptRuns(() -> patience.await(database(0).ping(), Patience.GREETING));
        } catch (RedisCommandExecutionException e) {
            // A user without the right to PING is logged in all the same, and a server whose disk is full can be read.
            String said = RedisStore.reason(e);
            if (!said.startsWith("NOPERM") && !said.startsWith("MISCONF")) {
                throw patience.unreachable("it answered '" + said + "'", e);
            }
        }
    }

    String address() {
        return url.host() + ":" + url.port(6379);
    }

    /** On the one connection to it that all share. */
    RedisAsyncCommands<byte[], byte[]> database(int index) {
        return databases.computeIfAbsent(index, number -> connect(number).async());
    }

    /** Another connection to a database. */
    StatefulRedisConnection<byte[], byte[]> connect(int index) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connectOnce(index);
            } catch (RuntimeException e) {
                if (attempt == CONNECTS || !mayWork(RedisStore.reason(e))) {
                    throw refusal(index, e);
                }
            }
        }
    }

    /** Another connection to a database, without Lettuce. */
    Wire wire(int index, String name) {
        try {
            Wire wire = Wire.open(url, index, Patience.ANSWER);
            wire.ask(List.of(Wire.ascii("CLIENT"), Wire.ascii("SETNAME"), Wire.ascii(name)));
            return wire;
        } catch (IOException e) {
            throw refusal(index, patience.broken(e));
        }
    }

    /** Ends the connections of that name. */
    void cutOff(String name) {
        try {
            for (String client : ask(server -> server.clientList()).lines().toList()) {
                Matcher found = CLIENT.matcher(client);
                if (found.find() && found.group(2).equals(name)) {
                    long id = Long.parseLong(found.group(1));
                    ask(server -> server.clientKill(KillArgs.Builder.id(id)));
                }
            }
        } catch (RedisCommandExecutionException e) {
            // The look at the claim with each batch has to do.
            return;
        }
    }

    /** Names the connection to database 0, on which all share. */
    void name(String name) {
        try {
            ask(server -> server.clientSetname(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (RedisCommandExecutionException e) {
            // Nobody can end it by its name then.
            return;
        }
    }

    /**
     * Names the connection to database 0, on which all share, and ends every other one of that beginning: what it sent before is done
     * or never will be.
     */
    void takeOver(String beginning, String rest) {
        try {
            ask(server -> server.clientSetname((beginning + rest).getBytes(StandardCharsets.US_ASCII)));
            boolean alone = false;
            while (!alone) {
                List<Long> others = ask(server -> server.clientList())
                        .lines()
                        .map(CLIENT::matcher)
                        .filter(client -> client.find()
                                && client.group(2).startsWith(beginning)
                                && !client.group(2).equals(beginning + rest))
                        .map(client -> Long.valueOf(client.group(1)))
                        .toList();
                others.forEach(id -> ask(server -> server.clientKill(KillArgs.Builder.id(id))));
                alone = others.isEmpty();
            }
        } catch (RedisCommandExecutionException e) {
            // Whoever may not do so is as alone as before.
            return;
        }
    }

    private <T> T ask(Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
        return patience.await(command.apply(database(0)), Patience.ANSWER);
    }

    /** Whether another attempt may tell more than this one. */
    private boolean mayWork(String said) {
        if (said.startsWith("MISCONF")) {
            // A server whose disk is full refuses PING, and can be read all the same.
            client.setOptions(Address.options(url)
                    .mutate()
                    .pingBeforeActivateConnection(false)
                    .build());
            return true;
        }
        // Lettuce says so where a server hangs up before it has looked at what it has connected to, or where it is not
        // ready itself.
        return said.startsWith("RedisHandshakeHandler not registered") || said.startsWith("Currently not connected");
    }

    private StatefulRedisConnection<byte[], byte[]> connectOnce(int index) {
        StatefulRedisConnection<byte[], byte[]> connection =
                client.connect(ByteArrayCodec.INSTANCE, Address.of(url, index));
        connections.add(connection);
        requireAnswer(connection);
        return connection;
    }

    /** Lettuce may hand a connection over a moment before it takes commands, and refuses those that come too early. */
    private void requireAnswer(StatefulRedisConnection<byte[], byte[]> connection) {
        try {
            patience.await(connection.async().ping(), Patience.ANSWER);
        } catch (RedisCommandExecutionException e) {
            // It takes commands; not every user may say that one.
            return;
        }
    }

    private RuntimeException refusal(int index, RuntimeException e) {
        String said = RedisStore.reason(e);
        if (said.contains("DB index is out of range")) {
            return new InvalidInput(
                    "open database " + index + " of the Redis at " + url.host(),
                    "it has fewer databases",
                    "raise 'databases' in its configuration (its parameter group)",
                    e);
        }
        return patience.unreachable("it could not be opened (" + said + ")", e);
    }

    /** Each by itself: a shutdown of the client would end the threads that all share, and those tell what they had left to do. */
    @Override
    public void close() {
        connections.stream().filter(StatefulConnection::isOpen).forEach(StatefulConnection::close);
    }
}
