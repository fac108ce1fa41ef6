package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.servers.RedisRelease;
import dev.slipway.servers.RedisServer;
import dev.slipway.servers.TlsIdentity;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets as a service runs them: with TLS and a token, without the commands of who runs it, and without what the source has. */
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

    @Test
    void carriesTheTypeOfAModuleToAServerThatHasIt() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer other = ServerOf.start(folder, RedisRelease.REDIS_8_0)) {
            addVectors(ServerOf.url(server));
            assertThat(engine.copy(ServerOf.url(server), ServerOf.url(other), CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings()).isEmpty());
            assertThat(engine.compare(ServerOf.url(server), ServerOf.url(other), Progress.SILENT))
                    .as("a server links the vectors anew as it reads them, so that no two dumps are the same")
                    .isInstanceOfSatisfying(
                            Comparison.Unknown.class,
                            unknown -> assertThat(unknown.reason()).contains("whose serialised forms differ"));
            assertThat(new Onlooker(ServerOf.url(other)).ask("VCARD vectors")).startsWith(":50");
            try (RedisStore store = RedisStore.open(ServerOf.url(other))) {
                store.await(store.database(0).del(bytes("vectors")));
            }
            assertThat(engine.compare(ServerOf.url(server), ServerOf.url(other), Progress.SILENT))
                    .as("it was lost")
                    .isInstanceOf(Comparison.Different.class);
        }
    }

    @Test
    void namesTheTypeOfAModuleThatTheTargetHasNotAndCallsItUnknown() throws Exception {
        try (RedisServer server = ServerOf.start(folder, RedisRelease.REDIS_8_0);
                RedisServer other = ServerOf.start(folder, RedisRelease.REDIS_7_0)) {
            addVectors(ServerOf.url(server));
            assertThat(engine.copy(ServerOf.url(server), ServerOf.url(other), CopyOptions.unfenced(), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            CopyOutcome.Copied.class,
                            copied -> assertThat(copied.findings())
                                    .extracting(Finding::message)
                                    .singleElement()
                                    .asString()
                                    .startsWith("1 keys of the type vectorset are not on the target")
                                    .contains("db0:vectors"));
            assertThat(engine.compare(ServerOf.url(server), ServerOf.url(other), Progress.SILENT))
                    .isInstanceOfSatisfying(
                            Comparison.Unknown.class,
                            unknown -> assertThat(unknown.reason())
                                    .contains("1 keys could not be compared", "vectorset", "db0:vectors")
                                    .endsWith("the other 1 keys are the same"));
        }
    }

    private static void addVectors(StoreUrl url) {
        ProtocolKeyword add = () -> bytes("VADD");
        try (RedisStore store = RedisStore.open(url)) {
            store.await(store.database(0).set(bytes("text"), bytes("1")));
            for (int i = 0; i < 50; i++) {
                store.await(store.database(0)
                        .dispatch(
                                add,
                                new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                                new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                        .addKey(bytes("vectors"))
                                        .add("VALUES")
                                        .add(2)
                                        .add(Integer.toString(i))
                                        .add(Integer.toString(i * i))
                                        .add("element " + i)));
            }
        }
    }
}
