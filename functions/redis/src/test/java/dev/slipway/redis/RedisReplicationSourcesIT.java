package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import dev.slipway.servers.TlsIdentity;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources that are read by replication over TLS, by a user of few rights, and as a replica's replica. */
class RedisReplicationSourcesIT {
    private static final String SAVES = "save 3600 1";

    @TempDir
    private Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void oneThatAsksForTlsAndAToken() throws Exception {
        TlsIdentity identity = TlsIdentity.make(folder.resolve("tls"));
        RedisServer.Place place = ServerOf.place(folder, RedisRelease.REDIS_6_2, SAVES, "requirepass t0ken");
        try (RedisServer server = RedisServer.start(place.identity(identity));
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            StoreUrl source =
                    StoreUrl.parse("rediss://:t0ken@127.0.0.1:" + server.port() + "?ca=" + identity.certificate());
            fill(source);
            assertReadByReplication(source, source, target);
        }
    }

    /** What docs/redis.md says that a source is asked for, and nothing else. */
    @ParameterizedTest
    @EnumSource(names = {"REDIS_6_2", "REDIS_7_0"})
    void oneWhoseUserMayDoNoMoreThanItNeeds(RedisRelease release) throws Exception {
        String rights = "-@all +@connection +@read +select +time +info +memory|usage +psync +config|get +acl|whoami"
                + (release == RedisRelease.REDIS_6_2 ? " +acl|getuser" : " +acl|dryrun");
        try (RedisServer server =
                        ServerOf.start(folder, release, SAVES, "user reader on >s0urce ~* resetchannels " + rights);
                RedisServer target = ServerOf.start(folder, release)) {
            StoreUrl admin = ServerOf.url(server);
            fill(admin);
            assertReadByReplication(StoreUrl.parse("redis://reader:s0urce@127.0.0.1:" + server.port()), admin, target);
        }
    }

    @Test
    void oneThatIsAReplicaItself() throws Exception {
        try (RedisServer primary = ServerOf.start(folder, RedisRelease.REDIS_6_2, SAVES);
                RedisServer server = ServerOf.start(
                        folder,
                        RedisRelease.REDIS_6_2,
                        SAVES,
                        "replicaof " + primary.address() + " " + primary.port());
                RedisServer target = ServerOf.start(folder, RedisRelease.REDIS_6_2)) {
            fill(ServerOf.url(primary));
            Onlooker there = new Onlooker(ServerOf.url(server));
            String before = new Onlooker(ServerOf.url(primary)).digest();
            Await.until(() -> there.digest().equals(before));
            StoreUrl source = ServerOf.url(server);

            assertReadByReplication(source, source, target);

            assertThat(new Onlooker(ServerOf.url(target)).digest()).isEqualTo(before);
            assertThat(there.ask("INFO replication")).contains("role:slave", "master_link_status:up");
        }
    }

    private static void fill(StoreUrl url) {
        try (RedisStore store = RedisStore.open(url)) {
            new EveryEncoding(store).write();
            store.await(store.database(1).set(bytes("in another database"), bytes("1")));
        }
    }

    /** @param admin of the same server, who may see what it was asked */
    private void assertReadByReplication(StoreUrl source, StoreUrl admin, RedisServer target) {
        Set<String> said = ConcurrentHashMap.newKeySet();
        assertThat(engine.copy(source, ServerOf.url(target), CopyOptions.unfenced(), amount -> said.add(amount.what())))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.findings()).isEmpty());
        assertThat(said).containsOnly("database 0, read by replication", "database 1, read by replication");
        try (RedisStore store = RedisStore.open(admin)) {
            assertThat(store.info("commandstats").get("cmdstat_psync")).startsWith("calls=1,");
        }
        assertThat(engine.compare(admin, ServerOf.url(target), Progress.SILENT)).isInstanceOf(Comparison.Same.class);
    }
}
