package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An open server with its connections to each database in use. A connection that breaks stays broken: the verb begins again. */
public final class RedisStore implements AutoCloseable {
    private final StoreUrl url;
    private final Patience patience;
    private final NamedServer named;
    private final Optional<Cluster> cluster;
    private final Map<Integer, Pipeline> pipelines = new ConcurrentHashMap<>();

    private volatile @Nullable String version;

    private RedisStore(StoreUrl url, Patience patience, NamedServer named, Optional<Cluster> cluster) {
        this.url = url;
        this.patience = patience;
        this.named = named;
        this.cluster = cluster;
    }

    /** @throws StoreUnreachable if the server does not answer or refuses the login */
    public static RedisStore open(StoreUrl url) {
        Parameters.require(url);
        Patience patience = new Patience(url);
        NamedServer named = new NamedServer(url, patience);
        try {
            named.greet();
            RedisStore alone = new RedisStore(url, patience, named, Optional.empty());
            return alone.isOfACluster() ? new RedisStore(url, patience, named, Optional.of(Cluster.open(url))) : alone;
        } catch (RuntimeException e) {
            named.close();
            throw e;
        }
    }

    public StoreUrl url() {
        return url;
    }

    /** Whether several servers share the keys by their slots. */
    public boolean isCluster() {
        return cluster.isPresent();
    }

    /** Asks a cluster anew which servers it has. */
    public void refresh() {
        cluster.ifPresent(Cluster::refresh);
    }

    /** The commands of one database, on a connection of its own; those of a cluster go to whichever server has the key. */
    public RedisClusterAsyncCommands<byte[], byte[]> database(int index) {
        return cluster.map(nodes -> nodes.database(index)).orElseGet(() -> server(index));
    }

    /** The commands of the very server that the URL names. */
    public RedisAsyncCommands<byte[], byte[]> server(int index) {
        return named.database(index);
    }

    /** Those that share the keys of a database: the primaries of a cluster, or the one server. */
    public List<KeyServer> servers(int index) {
        return cluster.map(Cluster::servers)
                .orElseGet(() -> List.of(new KeyServer(named.address(), Slots.ALL, server(index))));
    }

    /** How many it has, also of those that expired and were not removed yet. */
    public long keys(KeyServer server) {
        return await(server.commands().dbsize());
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
        return cluster.map(nodes -> nodes.pipeline(this, index)).orElseGet(() -> {
            StatefulRedisConnection<byte[], byte[]> connection = named.connect(index);
            connection.setAutoFlushCommands(false);
            return new Pipeline(this, connection, connection.async());
        });
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
        return named.wire(index, name);
    }

    public StoreUnreachable broken(IOException e) {
        return patience.broken(e);
    }

    /** Ends the connections of that name; what they sent before is done or never will be. Not every user may do so. */
    public void cutOff(String name) {
        named.cutOff(name);
    }

    /**
     * Ends every connection that {@link #server} shares to database 0 and that was given a name of this beginning before, but those of the
     * same name. Not every user may do so.
     */
    public void takeOver(String beginning, String rest) {
        named.takeOver(beginning, rest);
    }

    /** Names the connection that {@link #server} shares to database 0. Not every user may do so. */
    public void name(String name) {
        named.name(name);
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

    /** A section of what one of its servers says. */
    public Map<String, String> info(KeyServer server, String section) {
        return values(await(server.commands().info(section)));
    }

    private static Map<String, String> values(String info) {
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
            version = info("server").getOrDefault("redis_version", "");
        }
        return Version.parse(version)
                .filter(known -> known.compareTo(new Version(major, minor)) >= 0)
                .isPresent();
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
        return patience.await(future, Patience.ANSWER);
    }

    /** Repeats a command as long as a script of somebody's keeps the server busy. */
    public <T> T whenNoScriptRuns(Supplier<T> command) {
        return patience.whenNoScriptRuns(command);
    }

    /** Repeats a command on several keys as long as their slot is being moved and they are on two servers. */
    public <T> T whenSlotIsWhole(Supplier<T> command) {
        return patience.whenSlotIsWhole(command);
    }

    @Override
    public void close() {
        cluster.ifPresent(Cluster::close);
        named.close();
    }

    private boolean isOfACluster() {
        try {
            return "1".equals(info("cluster").get("cluster_enabled"));
        } catch (RedisCommandExecutionException e) {
            return false;
        }
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
