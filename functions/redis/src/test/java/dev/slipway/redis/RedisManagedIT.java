package dev.slipway.redis;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets as a service runs them: with TLS and a token, without the commands of who runs it. */
class RedisManagedIT {
    private static final String[] REFUSED = Stream.of(
                    "CONFIG",
                    "SYNC",
                    "PSYNC",
                    "REPLICAOF",
                    "SLAVEOF",
                    "MIGRATE",
                    "DEBUG",
                    "SAVE",
                    "BGSAVE",
                    "BGREWRITEAOF",
                    "SHUTDOWN",
                    "MODULE",
                    "MONITOR")
            .map(command -> "rename-command " + command + " \"\"")
            .toArray(String[]::new);

    @TempDir
    private Path folder;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void doesEverythingOnATargetThatRefusesWhatAServiceRefuses() throws Exception {
        TlsIdentity identity = TlsIdentity.make(folder.resolve("tls"));
        RedisServer.Place place = ServerOf.place(
                folder,
                RedisRelease.REDIS_6_2,
                Stream.concat(Stream.of(REFUSED), Stream.of("requirepass t0ken"))
                        .toArray(String[]::new));
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_6_2);
                RedisServer managed = RedisServer.start(place.identity(identity))) {
            StoreUrl source = ServerOf.url(server);
            StoreUrl target =
                    StoreUrl.parse("rediss://:t0ken@127.0.0.1:" + managed.port() + "?ca=" + identity.certificate());
            try (RedisStore store = RedisStore.open(source)) {
                new EveryEncoding(store).write();
            }
            assertThat(engine.between(source, target)).isEmpty();
            assertThat(engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOf(CopyOutcome.Copied.class);
            assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
            Set<String> changed = Mutations.make(target);
            assertThat(engine.compare(source, target, Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Different.class,
                            different -> assertThat(different.total()).isEqualTo(changed.size()));
            assertThat(engine.repair(source, target, Progress.SILENT).after()).isInstanceOf(Comparison.Same.class);
            assertThat(engine.inspect(target).items()).isEqualTo(new Onlooker(source).keys());
            assertThat(engine.inspect(target).details().values()).containsEntry("replication", "refused");
        }
    }
}
