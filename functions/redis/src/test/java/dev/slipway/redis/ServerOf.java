package dev.slipway.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.RedisCluster;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisReleases;
import dev.slipway.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A server of a release, without a dump unless its configuration says so; where it is not to be had the test is skipped, unless it must be. */
public final class ServerOf {
    private static final RedisReleases RELEASES = RedisReleases.of(Path.of(System.getProperty("slipway.root", ".")));

    private ServerOf() {}

    public static RedisServer start(Path folder, RedisRelease release, String... configuration) throws IOException {
        return RedisServer.start(place(folder, release, configuration));
    }

    static RedisCluster cluster(Path folder, RedisRelease release, String... configuration) throws IOException {
        return RedisCluster.start(place(folder, release, configuration), 3);
    }

    static RedisServer.Place place(Path folder, RedisRelease release, String... configuration) throws IOException {
        List<String> lines = new ArrayList<>(List.of(configuration));
        if (lines.stream().noneMatch(line -> line.startsWith("save "))) {
            lines.add("save \"\"");
        }
        Optional<Path> program = RELEASES.find(release);
        assumeTrue(
                program.isPresent() || "1".equals(System.getenv("SLIPWAY_REQUIRE_SERVERS")),
                release + " is not there: run functions/servers/fetch-redis");
        return new RedisServer.Place(
                        Path.of("target", "servers"),
                        folder.resolve(release + "-" + UUID.randomUUID()),
                        folder.resolve("pids"),
                        "127.0.0.1",
                        0,
                        lines)
                .program(program.orElseThrow());
    }

    public static StoreUrl url(RedisServer server) {
        return StoreUrl.parse("redis://" + server.address() + ":" + server.port());
    }
}
