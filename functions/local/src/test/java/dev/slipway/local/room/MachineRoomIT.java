package dev.slipway.local.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineRoomIT {
    @TempDir
    Path run;

    private MachineRoom room;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() throws Exception {
        room = MachineRoom.open(Path.of("target", "servers"), run);
    }

    @AfterEach
    void close() {
        room.close();
        client.close();
        assertThat(run.resolve("pids").toFile().list()).isNullOrEmpty();
    }

    @Test
    void startsAPostgresWhoseMasterIsNoSuperuserBehindItsEndpointsName() throws Exception {
        HttpResponse<String> reply = post("/servers", """
                {"kind":"postgres","name":"shop-db","host":"shop-db.abc.us-east-1.rds.amazonaws.com","port":5432,
                 "version":"15.12","user":"master","password":"it's s3cret","database":"shop"}""");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        String address = reply.body().replaceAll(".*\"(127[.\\d]+)\".*", "$1");
        assertThat(Files.readAllLines(run.resolve("hosts")))
                .contains("127.0.0.1 localhost", address + " shop-db.abc.us-east-1.rds.amazonaws.com");

        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + address + ":5432/shop", "master", "it's s3cret");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ships (id int); SET session_replication_role = replica");
            assertThatThrownBy(() -> statement.execute("ALTER SYSTEM SET work_mem = '1GB'"))
                    .isInstanceOf(SQLException.class);
        }

        assertThat(delete("/servers/shop-db").statusCode()).isEqualTo(200);
        assertThat(delete("/servers/shop-db").statusCode()).isEqualTo(404);
        assertThat(run.resolve("servers/shop-db")).doesNotExist();
        assertThat(run.resolve("hosts")).content().doesNotContain("shop-db");
    }

    @Test
    void startsARedisWhoseUsersMayWhatTheirAccessStringSaysAndNeverWhatTheServiceKeeps() throws Exception {
        HttpResponse<String> reply = post("/servers", """
                {"kind":"redis","name":"cache","host":"cache.abc.cache.amazonaws.com","port":6379,"user":"default",
                 "password":"","users":[{"user":"app","password":"0123456789abcdef","accessString":"on ~* +@all"}]}""");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        String address = reply.body().replaceAll(".*\"(127[.\\d]+)\".*", "$1");

        try (RedisClient redis = RedisClient.create(uri(address, "app", "0123456789abcdef"))) {
            RedisCommands<String, String> commands = redis.connect().sync();
            assertThat(commands.set("ship", "Vasa")).isEqualTo("OK");
            assertThatThrownBy(() -> commands.configGet("save")).hasMessageStartingWith("NOPERM");

            String readOnly =
                    "{\"user\":\"app\",\"password\":\"0123456789abcdef\",\"accessString\":\"on ~* -@all +@read\"}";
            assertThat(post("/servers/cache/users", readOnly).statusCode()).isEqualTo(200);

            assertThat(commands.get("ship")).isEqualTo("Vasa");
            assertThatThrownBy(() -> commands.set("ship", "Mary Rose"))
                    .isInstanceOf(RedisCommandExecutionException.class)
                    .hasMessageStartingWith("NOPERM");
        }
        assertThat(run.resolve("servers/cache/redis.conf")).content().doesNotContain("0123456789abcdef");
    }

    @Test
    void keepsWhatARedisHeldAndWhoMayWriteThereThoughItIsKilled() throws Exception {
        String address = post("/servers", """
                {"kind":"redis","name":"cache","host":"cache.abc.cache.amazonaws.com","port":6379,"user":"default",
                 "password":"","users":[{"user":"app","password":"0123456789abcdef","accessString":"on ~* +@all"}]}""").body().replaceAll(".*\"(127[.\\d]+)\".*", "$1");
        try (RedisClient redis = RedisClient.create(uri(address, "app", "0123456789abcdef"))) {
            redis.connect().sync().set("ship", "Vasa");
        }
        post("/servers/cache/users", """
                {"user":"app","password":"0123456789abcdef","accessString":"on ~* -@all +@read"}""");

        assertThat(room.kill("cache")).isTrue();
        room.revive("cache");

        try (RedisClient redis = RedisClient.create(uri(address, "app", "0123456789abcdef"))) {
            RedisCommands<String, String> commands = redis.connect().sync();
            assertThat(commands.get("ship")).isEqualTo("Vasa");
            assertThatThrownBy(() -> commands.set("ship", "Mary Rose")).hasMessageStartingWith("NOPERM");
        }
    }

    @Test
    void keepsTheNamesOfTasksEachWithAllOfItsAddresses() throws Exception {
        for (String address : List.of("127.70.0.1", "127.70.0.2")) {
            assertThat(post("/names", "{\"name\":\"svc-auth.board.internal\",\"address\":\"" + address + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(Files.readAllLines(run.resolve("hosts")))
                .contains("127.70.0.1 svc-auth.board.internal", "127.70.0.2 svc-auth.board.internal");

        assertThat(delete("/names/svc-auth.board.internal/127.70.0.1").statusCode())
                .isEqualTo(200);
        assertThat(Files.readAllLines(run.resolve("hosts")))
                .contains("127.70.0.2 svc-auth.board.internal")
                .doesNotContain("127.70.0.1 svc-auth.board.internal");

        assertThat(delete("/names/svc-auth.board.internal/127.70.0.2").statusCode())
                .isEqualTo(200);
        assertThat(run.resolve("hosts")).content().doesNotContain("svc-auth");
    }

    @Test
    void saysWhatAnOrderLacks() throws Exception {
        HttpResponse<String> reply = post("/servers", "{\"kind\":\"redis\"}");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("name").doesNotContain("\n");
        assertThat(post("/servers/none/users", "{\"user\":\"app\"}").statusCode())
                .isEqualTo(404);
    }

    private static RedisURI uri(String address, String user, String password) {
        return RedisURI.builder()
                .withHost(address)
                .withPort(6379)
                .withAuthentication(user, password.toCharArray())
                .build();
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return client.send(
                HttpRequest.newBuilder(room.uri().resolve(path))
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(room.uri().resolve(path)).DELETE().build(), BodyHandlers.ofString());
    }
}
