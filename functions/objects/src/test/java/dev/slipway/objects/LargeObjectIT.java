package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than one request may carry, which is 5 GiB: from a file that is one hole with a word at its end, and from there to another bucket. */
@Tag("soak")
class LargeObjectIT {
    private static final long BYTES = (5L << 30) + 11;

    @TempDir
    Path folder;

    @TempDir
    Path servers;

    @Test
    void goesInPartsFromAFolderAndFromABucket() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("disk.img").toFile(), "rw")) {
            file.setLength(BYTES);
            file.seek(BYTES - 4);
            file.writeBytes("last");
        }
        assertThat(Files.size(folder.resolve("disk.img"))).isEqualTo(BYTES);
        StoreUrl source = StoreUrl.parse(folder.toUri().toString());
        ObjectsEngine engine = new ObjectsEngine();
        try (RealServer server = RealServer.start(servers)) {
            StoreUrl bucket = server.url(server.bucket());
            StoreUrl other = server.url(server.bucket());

            moves(engine, source, bucket);
            moves(engine, bucket, other);
        }
    }

    private static void moves(ObjectsEngine engine, StoreUrl from, StoreUrl to) {
        assertThat(engine.copy(from, to, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.bytes()).isEqualTo(BYTES));
        assertThat(engine.compare(from, to, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.bytes()).isEqualTo(BYTES));
    }
}
