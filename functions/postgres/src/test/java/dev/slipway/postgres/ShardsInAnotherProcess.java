package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A coordinator, or the worker of a shard, that a test can kill: it says when it is in the middle of its work, and hangs there. */
final class ShardsInAnotherProcess {
    private static final String LIST = "shards.json";
    private static final String READY = "ready";
    private static final long ENOUGH = 1 << 20;

    private final Path folder;
    private final StoreUrl source;
    private final StoreUrl target;
    private final FenceToken fence;

    ShardsInAnotherProcess(Path folder, StoreUrl source, StoreUrl target, FenceToken fence) {
        this.folder = folder;
        this.source = source;
        this.target = target;
        this.fence = fence;
    }

    /** Holds the snapshot until it is killed. */
    Process coordinate(int workers) throws IOException {
        return start("coordinate", Integer.toString(workers));
    }

    /** Copies a part of the shard and hangs. */
    Process copy(Shard shard) throws IOException {
        return start("copy", shard.name());
    }

    List<Shard> shards() {
        return List.of(new JsonArtifacts(new FolderArtifacts(folder)).read(LIST, Shard[].class));
    }

    private Process start(String... work) throws IOException {
        Stream<String> sides = Stream.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                ShardsInAnotherProcess.class.getName(),
                folder.toString(),
                source.reveal(),
                target.reveal(),
                fence.toString());
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(sides, Arrays.stream(work)).toList());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said = process.inputReader();
        assertThat(said.readLine()).isEqualTo(READY);
        return process;
    }

    public static void main(String[] arguments) {
        ShardsInAnotherProcess here = new ShardsInAnotherProcess(
                Path.of(arguments[0]),
                StoreUrl.parse(arguments[1]),
                StoreUrl.parse(arguments[2]),
                FenceToken.parse(arguments[3]));
        ShardedCopy copy = new PostgresEngine(PostgresTools.find(System.getenv()))
                .sharded()
                .orElseThrow();
        if (arguments[4].equals("coordinate")) {
            here.coordinateHere(copy, Integer.parseInt(arguments[5]));
        } else {
            here.copyHere(copy, arguments[5]);
        }
    }

    private void coordinateHere(ShardedCopy copy, int workers) {
        try (ShardedCopy.Held held = copy.begin(source, target, CopyOptions.under(fence), workers)) {
            new JsonArtifacts(new FolderArtifacts(folder)).write(LIST, held.shards());
            hang();
        }
    }

    private void copyHere(ShardedCopy copy, String name) {
        Shard own = shards().stream()
                .filter(shard -> shard.name().equals(name))
                .findFirst()
                .orElseThrow();
        copy.copy(source, target, CopyOptions.under(fence), own, amount -> {
            if (amount.bytes() > ENOUGH) {
                hang();
            }
        });
    }

    private static void hang() {
        System.out.println(READY);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
