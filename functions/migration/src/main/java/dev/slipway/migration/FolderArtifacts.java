package dev.slipway.migration;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Artifacts in a folder, for a run without an account. */
public final class FolderArtifacts implements Artifacts {
    private static final String UNFINISHED = ".part";

    private final Path folder;

    public FolderArtifacts(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void write(String key, Content content) throws IOException {
        Path file = file(key);
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), "artifact", UNFINISHED);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Optional<InputStream> read(String key) throws IOException {
        try {
            return Optional.of(Files.newInputStream(file(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(key -> key.startsWith(prefix) && !key.endsWith(UNFINISHED))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    @Override
    public String location(String key) {
        return folder.resolve(key).toString();
    }

    /** A key that led out of the folder could replace any file of this user. */
    private Path file(String key) throws IOException {
        Path file = folder.resolve(key).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IOException("the key '" + key + "' leads out of " + folder);
        }
        return file;
    }
}
