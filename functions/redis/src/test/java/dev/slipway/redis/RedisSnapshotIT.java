package dev.slipway.redis;

import static dev.slipway.redis.ServerPair.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.snapshot.RedisSnapshot;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.ScriptOutputType;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisSnapshotIT extends WithServers {
    @TempDir
    Path kept;

    private final RedisEngine engine = new RedisEngine();

    @Test
    void holdsEverythingThatIsNeededToPutTheKeysBack() throws Exception {
        try (RedisStore source = RedisStore.open(servers.source());
                RedisStore target = RedisStore.open(servers.targetAdmin())) {
            new EveryType(source).write(30, 3);
            Artifacts artifacts = new FolderArtifacts(kept);

            SnapshotManifest manifest =
                    new RedisSnapshot(20_000).snapshot(servers.source(), artifacts, "run/redis", Progress.SILENT);

            assertThat(manifest.items()).isEqualTo(30 * 3 * 6);
            assertThat(manifest.parts()).hasSizeGreaterThan(2);
            for (SnapshotManifest.Part part : manifest.parts()) {
                byte[] content = artifacts.read(part.key()).orElseThrow().readAllBytes();
                assertThat(part.bytes()).isEqualTo(content.length);
                assertThat(part.sha256()).isEqualTo(Sha256.hex(content));
                putBack(content, target);
            }
            assertThat(engine.compare(servers.source(), servers.target(), Progress.SILENT))
                    .isInstanceOf(Comparison.Same.class);
        }
    }

    @Test
    void ofAnEmptyServerIsOnePartWithoutKeys() throws IOException {
        Artifacts artifacts = new FolderArtifacts(kept);
        SnapshotManifest manifest = engine.snapshot(servers.source(), artifacts, "run/redis", Progress.SILENT);
        assertThat(manifest.items()).isZero();
        assertThat(artifacts.list("")).containsExactly("run/redis/part-00000");
    }

    @Test
    void inspectionSaysWhatTheServerHoldsAndWhatDoesNotTravel() {
        try (RedisStore store = RedisStore.open(servers.source())) {
            assertThat(engine.inspect(servers.source()).empty()).isTrue();
            store.await(store.database(0).set(bytes("a"), bytes("1")));
            store.await(store.database(4).set(bytes("b"), bytes("1")));
            store.await(store.database(0).<Long>eval("return 1", ScriptOutputType.INTEGER));
            store.await(store.database(0).configSet(Map.of("maxmemory", "1gb")));
            store.await(store.database(0).configSet(Map.of("maxmemory-policy", "allkeys-lru")));

            Inspection inspection = engine.inspect(servers.source());

            store.await(store.database(0).configSet(Map.of("maxmemory", "0")));
            assertThat(inspection.version()).startsWith("6.2.");
            assertThat(inspection.items()).isEqualTo(2);
            assertThat(inspection.bytes()).isGreaterThan(100_000);
            assertThat(inspection.empty()).isFalse();
            assertThat(inspection.findings())
                    .extracting(Finding::subject)
                    .containsExactly("databases", "eviction", "scripts");
            assertThat(engine.inspect(servers.target()).findings())
                    .extracting(Finding::subject)
                    .contains("users");
        }
    }

    private static void putBack(byte[] content, RedisStore target) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        assertThat(in.readNBytes(RedisSnapshot.HEADER.length)).isEqualTo(RedisSnapshot.HEADER);
        while (in.available() > 0) {
            int database = in.readInt();
            long expiry = in.readLong();
            byte[] key = in.readNBytes(in.readInt());
            byte[] payload = in.readNBytes(in.readInt());
            RestoreArgs how = RestoreArgs.Builder.ttl(Math.max(0, expiry)).absttl(expiry > 0);
            target.await(target.database(database).restore(key, payload, how));
        }
    }
}
