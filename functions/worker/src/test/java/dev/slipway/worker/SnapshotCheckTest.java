package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.exception.SnapshotUnreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCheckTest {
    /** Of {@code abc}: the example of FIPS 180-2. */
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    @Test
    void countsTheBytesItRead() throws IOException {
        write("abc");
        assertThat(readBack(3)).isEqualTo(3);
    }

    @Test
    void seesAByteThatChanged() throws IOException {
        write("abd");
        assertThatThrownBy(() -> readBack(3))
                .isInstanceOf(SnapshotUnreadable.class)
                .hasMessageContaining("its content is not what was written")
                .hasMessageContaining("part");
    }

    @Test
    void seesAPartThatIsShorter() throws IOException {
        write("abc");
        assertThatThrownBy(() -> readBack(4)).isInstanceOf(SnapshotUnreadable.class);
    }

    @Test
    void seesAPartThatIsMissing() {
        assertThatThrownBy(() -> readBack(3))
                .isInstanceOf(SnapshotUnreadable.class)
                .hasMessageContaining("it is not there");
    }

    private void write(String content) throws IOException {
        artifacts().write("part", out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    private long readBack(long bytes) {
        return new SnapshotCheck(artifacts())
                .readBack(new SnapshotManifest(
                        StoreKind.OBJECTS,
                        "text",
                        1,
                        List.of(new SnapshotManifest.Part("part", bytes, SHA256_OF_ABC))));
    }

    private Artifacts artifacts() {
        return new FolderArtifacts(folder);
    }
}
