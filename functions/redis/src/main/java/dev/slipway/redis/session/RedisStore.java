package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StoreUnreachable;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.SocketAddressResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An open server with its connections to each database in use. A connection that breaks stays broken: the verb begins again. */
public final class RedisStore implements AutoCloseable {
    /** Of a server that is not asked for data yet: what listens there may be none. */
    static final Duration GREETING = Duration.ofSeconds(10);

    private static final int CONNECTS = 5;
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Shared and never shut down: its threads are daemons, and starting them costs more than a whole inspection. */
    private static final ClientResources RESOURCES = ClientResources.builder()
            .ioThreadPoolSize(4)
            .computationThreadPoolSize(2)
            // Lettuce would ask the name server itself; the JVM's own look-up honours jdk.net.hosts.file.
            .socketAddressResolver(SocketAddressResolver.create(InetAddress::getAllByName))
            .build();

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    /** As a service writes it that does not tell it is of zeros. */
    private static final Pattern ID = Pattern.compile("(?!0+$)[0-9a-f]{40}");

    private static final Pattern CLIENT = Pattern.compile("^id=(\\d+) .* name=(\\S*) ");

    private final StoreUrl url;
    private final RedisClient client;
    private final Map<Integer, RedisAsyncCommands<byte[], byte[]>> databases = new ConcurrentHashMap<>();
    private final Queue<StatefulRedisConnection<byte[], byte[]>> connections = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Cluster> cluster = new AtomicReference<>();
    private final Map<Integer, Pipeline> pipelines = new ConcurrentHashMap<>();

    private volatile @Nullable String version;

    private RedisStore(StoreUrl url, RedisClient client) {
        this.url = url;
        this.client = client;
    }

    /** @throws StoreUnreachable if the server does not answer or refuses the login */
    public static RedisStore open(StoreUrl url) {
        Parameters.require(url);
        RedisClient client = RedisClient.create(RESOURCES);
        client.setOptions(Address.options(url));
        RedisStore store = new RedisStore(url, client);
        try {
            store.greet();
            if (store.isOfACluster()) {
                store.cluster.set(Cluster.open(RESOURCES, url));
            }
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    public StoreUrl url() {
        return url;
    }

    /** Whether several servers share the keys by their slots. */
    public boolean isCluster() {
        return cluster.get() != null;
    }

    /** The servers that share the keys, by host and port; one that is not of a cluster is its own. */
    public Map<String, RedisAsyncCommands<byte[], byte[]>> primaries() {
        Cluster nodes = cluster.get();
        return nodes == null ? Map.of(url.host() + ":" + url.port(6379), server(0)) : nodes.primaries();
    }

    /** Whether both are of one process, whatever their addresses; false where a server does not tell. */
    public boolean isSameAs(RedisStore other) {
        Set<String> ids = ids();
        ids.retainAll(other.ids());
        return !ids.isEmpty();
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>();
        primaries()
                .values()
                .forEach(server -> ids.add(values(await(server.info("server"))).getOrDefault("run_id", "")));
        ids.removeIf(id -> !ID.matcher(id).matches());
        return ids;
    }

    /** Asks a cluster anew which servers it has. */
    public void refresh() {
        Optional.ofNullable(cluster.get()).ifPresent(Cluster::refresh);
    }

    /** The commands of one database, on a connection of its own; those of a cluster go to whichever server has the key. */
    public RedisClusterAsyncCommands<byte[], byte[]> database(int index) {
        Cluster nodes = cluster.get();
        return nodes == null ? server(index) : nodes.database(index);
    }

    /** The commands of the very server that the URL names. */
    public RedisAsyncCommands<byte[], byte[]> server(int index) {
        return databases.computeIfAbsent(index, number -> connect(number).async());
    }

    /** Those that have the keys of a database: the primaries of a cluster, or the one server. */
    public List<KeyServer> servers(int index) {
        Cluster nodes = cluster.get();
        return nodes == null
                ? List.of(new KeyServer(
                        Slots.ALL, database(index), keysByDatabase().getOrDefault(index, 0L)))
                : nodes.servers(this);
    }

    /** Sends what the function sends in one go, on a connection of its own: a system call for a batch, not for each command. */
    public <T> T together(int index, Function<RedisClusterAsyncCommands<byte[], byte[]>, T> commands) {
        return shared(index).together(commands);
    }

    /** The one pipeline to a database that all share who do not need one of their own. */
    public Pipeline shared(int index) {
        return pipelines.computeIfAbsent(index, this::pipeline);
    }

    /** Another connection to a database, for whoever needs more than one. */
    public Pipeline pipeline(int index) {
        Cluster nodes = cluster.get();
        if (nodes != null) {
            return nodes.pipeline(this, index);
        }
        StatefulRedisConnection<byte[], byte[]> connection = connect(index);
        connection.setAutoFlushCommands(false);
        return new Pipeline(this, connection, connection.async());
    }

    /** Another connection to a database, by whose name others may cut it off; not every user may name one. */
    public Pipeline pipeline(int index, String name) {
        Pipeline pipeline = pipeline(index);
        try {
            pipeline.ask(commands -> commands.clientSetname(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (RedisCommandExecutionException e) {
            return pipeline;
        }
        return pipeline;
    }

    /** A connection to a database for what is done to every key. */
    public Wire wire(int index, String name) {
        try {
            Wire wire = Wire.open(url, index, ANSWER);
            wire.ask(List.of(Wire.ascii("CLIENT"), Wire.ascii("SETNAME"), Wire.ascii(name)));
            return wire;
        } catch (IOException e) {
            throw refusal(index, broken(e));
        }
    }

    public StoreUnreachable broken(IOException e) {
        return unreachable("the connection broke (" + reason(e) + ")", e);
    }

    /** Ends the connections of that name; what they sent before is done or never will be. Not every user may do so. */
    public void cutOff(String name) {
        try {
            for (String client : await(server(0).clientList()).lines().toList()) {
                Matcher found = CLIENT.matcher(client);
                if (found.find() && found.group(2).equals(name)) {
                    await(server(0).clientKill(KillArgs.Builder.id(Long.parseLong(found.group(1)))));
                }
            }
        } catch (RedisCommandExecutionException e) {
            // The look at the claim with each batch has to do.
            return;
        }
    }

    /** Those of the keys that are not there. */
    public List<byte[]> absent(int index, List<byte[]> keys) {
        List<RedisFuture<Long>> found =
                together(index, commands -> keys.stream().map(commands::exists).toList());
        return IntStream.range(0, keys.size())
                .filter(i -> await(found.get(i)) == 0)
                .mapToObj(keys::get)
                .toList();
    }

    /** A section of INFO as names and values. */
    public Map<String, String> info(String section) {
        return values(await(server(0).info(section)));
    }

    /** What INFO says as names and values. */
    public static Map<String, String> values(String info) {
        Map<String, String> values = new LinkedHashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return values;
    }

    /** Whether the server's commands are those of that version of Redis; Valkey says of itself which one it follows. */
    public boolean isAtLeast(int major, int minor) {
        if (version == null) {
            version = info("server").getOrDefault("redis_version", "0.0");
        }
        Matcher known = VERSION.matcher(version);
        if (!known.lookingAt()) {
            return false;
        }
        int first = Integer.parseInt(known.group(1));
        return first > major || (first == major && Integer.parseInt(known.group(2)) >= minor);
    }

    /** Databases that hold keys, and how many; keys that expired but were not removed yet count. */
    public Map<Integer, Long> keysByDatabase() {
        Map<Integer, Long> keys = new TreeMap<>();
        if (isCluster()) {
            long all = await(database(0).dbsize());
            return all == 0 ? keys : Map.of(0, all);
        }
        info("keyspace").forEach((name, value) -> {
            if (name.matches("db\\d+") && value.startsWith("keys=")) {
                keys.put(Integer.valueOf(name.substring(2)), Long.valueOf(value.substring(5, value.indexOf(','))));
            }
        });
        return keys;
    }

    /**
     * Waits for an answer.
     *
     * @throws RedisCommandExecutionException if the server refused the command
     * @throws StoreUnreachable if no answer came
     */
    public <T> T await(RedisFuture<T> future) {
        return await(future, ANSWER);
    }

    private <T> T await(RedisFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the work was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandExecutionException refused) {
                throw refused;
            }
            throw unreachable("the connection broke (" + reason(e) + ")", e);
        } catch (TimeoutException e) {
            throw unreachable("it did not answer within " + patience.toSeconds() + " seconds", e);
        }
    }

    /** Repeats a command as long as a script of somebody's keeps the server busy. */
    public <T> T whenNoScriptRuns(Supplier<T> command) {
        return repeat(command, "BUSY", "a script has been running");
    }

    /** Repeats a command on several keys as long as their slot is being moved and they are on two servers. */
    public <T> T whenSlotIsWhole(Supplier<T> command) {
        return repeat(command, "TRYAGAIN", "a slot has been open, CLUSTER SETSLOT … NODE would end that,");
    }

    private <T> T repeat(Supplier<T> command, String refusal, String why) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return command.get();
            } catch (RedisCommandExecutionException e) {
                if (!reason(e).startsWith(refusal)) {
                    throw e;
                }
                if (System.nanoTime() > deadline) {
                    throw unreachable(why + " for " + PATIENCE.toSeconds() + " seconds", e);
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private StoreUnreachable unreachable(String failed, Throwable cause) {
        return Unreachable.of(url, failed, cause);
    }

    /** Each by itself: a shutdown of the client would end the threads that all share, and those tell what they had left to do. */
    @Override
    public void close() {
        Optional.ofNullable(cluster.get()).ifPresent(Cluster::close);
        connections.stream().filter(StatefulConnection::isOpen).forEach(StatefulConnection::close);
    }

    private boolean isOfACluster() {
        try {
            return "1".equals(info("cluster").get("cluster_enabled"));
        } catch (RedisCommandExecutionException e) {
            return false;
        }
    }

    private void greet() {
        try {
            whenNoScriptRuns(() -> await(server(0).ping(), GREETING));
        } catch (RedisCommandExecutionException e) {
            // A user without the right to PING is logged in all the same, and a server whose disk is full can be read.
            if (!reason(e).startsWith("NOPERM") && !reason(e).startsWith("MISCONF")) {
                throw unreachable("it answered '" + reason(e) + "'", e);
            }
        }
    }

    private StatefulRedisConnection<byte[], byte[]> connect(int index) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connectOnce(index);
            } catch (RuntimeException e) {
                if (attempt == CONNECTS || !mayWork(reason(e))) {
                    throw refusal(index, e);
                }
            }
        }
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
        // Lettuce says so where a server hangs up before it has looked at what it has connected to.
        return said.startsWith("RedisHandshakeHandler not registered");
    }

    private StatefulRedisConnection<byte[], byte[]> connectOnce(int index) {
        StatefulRedisConnection<byte[], byte[]> connection =
                client.connect(ByteArrayCodec.INSTANCE, Address.of(url, index));
        connections.add(connection);
        return connection;
    }

    private RuntimeException refusal(int index, RuntimeException e) {
        if (reason(e).contains("DB index is out of range")) {
            return new InvalidInput(
                    "open database " + index + " of the Redis at " + url.host(),
                    "it has fewer databases",
                    "raise 'databases' in its configuration (its parameter group)",
                    e);
        }
        return unreachable("it could not be opened (" + reason(e) + ")", e);
    }

    /** What the innermost cause says: the server's own words, or why the socket could not be opened. */
    public static String reason(@Nullable Throwable failure) {
        String said = "no reason given";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return said;
    }
}
