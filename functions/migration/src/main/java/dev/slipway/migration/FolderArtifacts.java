package dev.slipway.migration;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** Others may write meanwhile: a file that is there when its folder is read, and gone when it is looked at, is not listed. */
    @Override
    public List<String> list(String prefix) throws IOException {
        Path begin = folder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        List<String> keys = new ArrayList<>();
        if (Files.isDirectory(begin)) {
            Files.walkFileTree(begin, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                    String key = folder.relativize(file).toString().replace('\\', '/');
                    if (facts.isRegularFile() && key.startsWith(prefix) && !key.endsWith(UNFINISHED)) {
                        keys.add(key);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        }
        keys.sort(null);
        return keys;
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
