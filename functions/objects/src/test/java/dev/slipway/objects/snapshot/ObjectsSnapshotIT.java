package dev.slipway.objects.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.objects.place.FileNames;
import dev.slipway.objects.place.Folder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsSnapshotIT {
    @TempDir
    Path folder;

    @TempDir
    Path kept;

    @Test
    void holdsEveryFileUnderItsWholeName() throws IOException {
        Map<String, String> files = new TreeMap<>();
        files.put("caf\u00e9/" + "long name ".repeat(20), "content");
        files.put("two\nlines", "");
        for (int i = 0; i < 20; i++) {
            files.put("file " + i, "x".repeat(i * 500));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = new FileNames(folder).ofKey(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Artifacts artifacts = new FolderArtifacts(kept);

        SnapshotManifest manifest =
                new ObjectsSnapshot(new Folder(folder), artifacts, 20_000, Progress.SILENT).snapshot("run/media");

        assertThat(manifest.items()).isEqualTo(22);
        assertThat(manifest.parts()).hasSizeGreaterThan(3);
        Map<String, String> found = new TreeMap<>();
        for (SnapshotManifest.Part part : manifest.parts()) {
            byte[] content = artifacts.read(part.key()).orElseThrow().readAllBytes();
            assertThat(part.bytes()).isEqualTo(content.length);
            assertThat(part.sha256()).isEqualTo(Sha256.hex(content));
            read(content, found);
        }
        assertThat(found).isEqualTo(files);
    }

    private static void read(byte[] content, Map<String, String> found) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(content), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                found.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
