package dev.slipway.local.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Where the local account's managed stores really run. It listens on loopback for {@code POST /servers}, {@code DELETE
 * /servers/<name>} and {@code POST /servers/<name>/users}, and for {@code POST /names} and {@code DELETE /names/<name>/<address>} of tasks;
 * it keeps the run's hosts file.
 */
public final class MachineRoom implements AutoCloseable {
    private final Path cache;
    private final Path run;
    private final HostsFile hosts;
    private final Loopback loopback = new Loopback();
    private final Map<String, Occupied> servers = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;
    private volatile boolean subscribing;

    private record Occupied(ServerOrder order, RoomServer server, Path folder) {}

    private MachineRoom(Path cache, Path run) throws IOException {
        this.cache = cache.toAbsolutePath();
        this.run = Files.createDirectories(run.toAbsolutePath());
        this.hosts = HostsFile.at(this.run.resolve("hosts"));
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(executor);
        http.createContext("/servers", exchange -> handle(exchange, this::answerOfServers));
        http.createContext("/names", exchange -> handle(exchange, this::answerOfNames));
    }

    /**
     * Opens a room without servers.
     *
     * @param cache where the servers' packages are unpacked, once for all runs
     * @param run the run's folder: {@code hosts}, {@code servers/<name>} and {@code pids} are kept in it
     */
    public static MachineRoom open(Path cache, Path run) throws IOException {
        MachineRoom room = new MachineRoom(cache, run);
        room.http.start();
        return room;
    }

    /** For the account's {@code SLIPWAY_MACHINE_ROOM}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    public HostsFile hosts() {
        return hosts;
    }

    /** Lets the masters of the Postgres servers that start from now on subscribe to other databases, as those of RDS may. */
    public void letMastersSubscribe() {
        subscribing = true;
    }

    /** A way into a server that sees everything, for checks from outside. */
    public Optional<StoreUrl> operator(String name) {
        return Optional.ofNullable(servers.get(name)).map(occupied -> occupied.server.operator());
    }

    /** The same, by the name under which the account's users reach the server. */
    public Optional<StoreUrl> operatorAt(String host) {
        return servers.values().stream()
                .filter(occupied -> occupied.order.host().equals(host))
                .map(occupied -> occupied.server.operator())
                .findFirst();
    }

    /** The server's name in the account. */
    public Optional<String> nameAt(String host) {
        return servers.values().stream()
                .filter(occupied -> occupied.order.host().equals(host))
                .map(occupied -> occupied.order.name())
                .findFirst();
    }

    /** Starts the server, or finds it running, and returns its loopback address. */
    public synchronized String start(ServerOrder order) throws IOException {
        Occupied running = servers.get(order.name());
        if (running != null) {
            return running.server.address();
        }
        String address = loopback.addressFor(order.port());
        Path folder = run.resolve("servers").resolve(order.name());
        RoomServer server = serve(order, address, folder);
        servers.put(order.name(), new Occupied(order, server, folder));
        hosts.add(order.host(), address);
        return address;
    }

    /** Ends the server and deletes its data; false if there is none of that name. */
    public synchronized boolean stop(String name) throws IOException {
        Occupied occupied = servers.remove(name);
        if (occupied == null) {
            return false;
        }
        hosts.remove(occupied.order.host());
        occupied.server.close();
        Folder.delete(occupied.folder);
        return true;
    }

    /** Lets a server die; its name and its data stay. False if there is none of that name. */
    public synchronized boolean crash(String name) {
        Occupied occupied = servers.get(name);
        if (occupied == null) {
            return false;
        }
        occupied.server.close();
        return true;
    }

    /** The same at once, as if its machine had been switched off. */
    public synchronized boolean kill(String name) {
        Occupied occupied = servers.get(name);
        if (occupied == null) {
            return false;
        }
        occupied.server.kill();
        return true;
    }

    /** Starts a server that has died again, at its address and with its data. */
    public synchronized void revive(String name) throws IOException {
        Occupied dead = servers.get(name);
        if (dead == null) {
            throw new IOException("Tried to revive " + name + " but there is no such server: start it");
        }
        // The processes of a server that died need a moment to let go of its data.
        RoomServer server = Failsafe.with(RetryPolicy.builder()
                        .handle(IOException.class)
                        .withDelay(Duration.ofSeconds(1))
                        .withMaxAttempts(30)
                        .build())
                .get(() -> serve(dead.order, dead.server.address(), dead.folder));
        servers.put(name, new Occupied(dead.order, server, dead.folder));
    }

    private RoomServer serve(ServerOrder order, String address, Path folder) throws IOException {
        return switch (order.kind()) {
            case POSTGRES -> RoomPostgres.start(order, address, cache, folder, run.resolve("pids"), subscribing);
            case REDIS -> RoomRedis.start(order, address, cache, folder, run.resolve("pids"));
        };
    }

    /** Makes or changes a user of a Redis; false if there is no Redis of that name. */
    public synchronized boolean setUser(String server, ServerOrder.User user) {
        Occupied occupied = servers.get(server);
        if (occupied == null || !(occupied.server instanceof RoomRedis redis)) {
            return false;
        }
        redis.set(user);
        servers.put(server, new Occupied(occupied.order.with(user), redis, occupied.folder));
        return true;
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static void handle(HttpExchange exchange, Answer answer) throws IOException {
        try {
            answer.to(exchange);
        } catch (InvalidInput e) {
            send(exchange, 400, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            send(exchange, 500, String.valueOf(e.getMessage()));
        }
    }

    private void answerOfServers(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
        String wish = exchange.getRequestMethod() + " " + path.length;
        switch (wish) {
            case "POST 2" -> {
                String address = start(ServerOrder.read(StrictJson.mapper().readTree(exchange.getRequestBody())));
                send(exchange, 200, "{\"address\": \"" + address + "\"}");
            }
            case "DELETE 3" -> found(exchange, stop(decoded(path[2])));
            case "POST 4" ->
                found(
                        exchange,
                        setUser(
                                decoded(path[2]),
                                ServerOrder.User.read(StrictJson.mapper().readTree(exchange.getRequestBody()))));
            default -> send(exchange, 405, "the machine room knows servers and their users only");
        }
    }

    private void answerOfNames(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
        switch (exchange.getRequestMethod() + " " + path.length) {
            case "POST 2" -> {
                JsonNode name = StrictJson.mapper().readTree(exchange.getRequestBody());
                hosts.add(name.path("name").asText(), name.path("address").asText());
                send(exchange, 200, "{}");
            }
            case "DELETE 4" -> {
                hosts.remove(decoded(path[2]), decoded(path[3]));
                send(exchange, 200, "{}");
            }
            default -> send(exchange, 405, "the machine room adds names and removes them");
        }
    }

    private static void found(HttpExchange exchange, boolean found) throws IOException {
        send(exchange, found ? 200 : 404, found ? "{}" : "no such server");
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Ends all servers; their folders stay, for whoever reads the logs. */
    @Override
    public synchronized void close() {
        http.stop(0);
        executor.close();
        servers.values().forEach(occupied -> occupied.server.close());
        servers.clear();
    }
}
