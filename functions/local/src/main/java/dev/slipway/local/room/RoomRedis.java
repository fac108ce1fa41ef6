package dev.slipway.local.room;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A Redis as ElastiCache gives it: its users may not do what the service keeps for itself. */
record RoomRedis(RedisServer server, String operatorPassword) implements RoomServer {
    private static final String OPERATOR = "elasticache-operator";

    /** See docs.aws.amazon.com/AmazonElastiCache/latest/dg/RestrictedCommands.html. */
    private static final List<String> REFUSED = List.of(
            "-config",
            "-sync",
            "-psync",
            "-replicaof",
            "-slaveof",
            "-migrate",
            "-debug",
            "-save",
            "-bgsave",
            "-bgrewriteaof",
            "-shutdown",
            "-module",
            "-acl",
            "+acl|whoami");

    static RoomRedis start(ServerOrder order, String address, Path cache, Path folder, Path pids) throws IOException {
        String password = UUID.randomUUID().toString();
        // A node that dies gives its place to a replica, which has what was written
        // (docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html).
        List<String> configuration = new ArrayList<>(List.of("save \"\"", "appendonly yes", "appendfsync no"));
        configuration.add("user " + OPERATOR + " on #" + sha256(password) + " ~* &* +@all");
        for (ServerOrder.User user : usersOf(order)) {
            configuration.add("user " + user.name() + " " + String.join(" ", rulesOf(user)));
        }
        RedisServer server = RedisServer.start(
                new RedisServer.Place(cache, folder, pids, address, order.port(), List.copyOf(configuration)));
        return new RoomRedis(server, password);
    }

    /** Makes the user, or gives it another password and access string, at once for its open connections too. */
    void set(ServerOrder.User user) {
        RedisURI uri = RedisURI.builder()
                .withHost(server.address())
                .withPort(server.port())
                .withAuthentication(OPERATOR, operatorPassword.toCharArray())
                .build();
        try (RedisClient client = RedisClient.create(uri)) {
            RedisCommands<String, String> commands = client.connect().sync();
            CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8)
                    .add("SETUSER")
                    .add(user.name())
                    .add("reset");
            rulesOf(user).forEach(arguments::add);
            commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments);
        }
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public StoreUrl operator() {
        return StoreUrl.parse(
                "redis://" + OPERATOR + ":" + operatorPassword + "@" + server.address() + ":" + server.port());
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }

    /** A group of users replaces the token; without either anybody may come in. */
    private static List<ServerOrder.User> usersOf(ServerOrder order) {
        if (order.users().isEmpty()) {
            return List.of(new ServerOrder.User("default", order.password(), "on ~* +@all"));
        }
        List<ServerOrder.User> users = new ArrayList<>(order.users());
        if (users.stream().noneMatch(user -> user.name().equals("default"))) {
            users.add(new ServerOrder.User("default", "", "off -@all"));
        }
        return users;
    }

    /** Passwords go as digests, which is all that Redis keeps of them too. */
    private static List<String> rulesOf(ServerOrder.User user) {
        List<String> rules = new ArrayList<>();
        rules.add(user.password().isEmpty() ? "nopass" : "#" + sha256(user.password()));
        rules.addAll(List.of(user.accessString().trim().split("\\s+")));
        rules.addAll(REFUSED);
        return rules;
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
