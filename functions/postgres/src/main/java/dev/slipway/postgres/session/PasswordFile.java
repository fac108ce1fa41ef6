package dev.slipway.postgres.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.jdbcurlresolver.PgPassParser;

/** Passwords in {@code ~/.pgpass}, or in the file that PGPASSFILE names, as every client of Postgres reads them. */
public final class PasswordFile {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PasswordFile() {}

    /**
     * The password of the URL's user at its server, if the file has a line for it.
     *
     * @param environment this process's, in which the driver looks for PGPASSFILE, too
     * @throws InvalidInput if others may read the file
     */
    public static Optional<String> password(StoreUrl url, Map<String, String> environment) {
        Path file = Path.of(environment.getOrDefault("PGPASSFILE", System.getProperty("user.home") + "/.pgpass"));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        requirePrivate(file);
        return Optional.ofNullable(PgPassParser.getPassword(
                url.host(),
                Integer.toString(url.port(PostgresSession.DEFAULT_PORT)),
                url.path(),
                url.user().orElse("")));
    }

    // The others leave such a file unread and then lack a password; the driver does not look at its mode.
    private static void requirePrivate(Path file) {
        String tried = "read the passwords in " + file;
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new InvalidInput(tried, "others may read it, too", "chmod 600 it");
            }
        } catch (IOException e) {
            throw new InvalidInput(tried, e.toString(), "make it readable, or name another file in PGPASSFILE", e);
        }
    }
}
