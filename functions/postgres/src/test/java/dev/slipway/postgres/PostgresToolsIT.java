package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.ask;
import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresToolsIT extends WithDatabases {
    @TempDir
    Path programs;

    @Test
    void refusesAPgDumpThatIsOlderThanTheServer() throws IOException {
        programs("echo 'pg_dump (PostgreSQL) 14.99 (of a package)'");
        refuses(
                Map.of("SLIPWAY_PG_TOOLS", programs.toString()),
                "Tried to use " + programs.resolve("pg_dump") + " but it is version 14 and the server is 15: "
                        + "install the PostgreSQL client 15 or later, or name its folder in SLIPWAY_PG_TOOLS");
    }

    @Test
    void refusesAPgDumpThatCannotBeRun() throws IOException {
        programs("echo 'error while loading shared libraries: libpq.so.5' >&2; exit 127");
        refuses(
                Map.of("SLIPWAY_PG_TOOLS", programs.toString()),
                "Tried to use " + programs.resolve("pg_dump")
                        + " but error while loading shared libraries: libpq.so.5: "
                        + "install the PostgreSQL client 15 or later, or name its folder in SLIPWAY_PG_TOOLS");
    }

    @Test
    void saysWhatToInstallWhereThereIsNone() {
        refuses(
                Map.of("PATH", programs.toString()),
                "Tried to find pg_dump but neither SLIPWAY_PG_TOOLS nor the PATH holds pg_dump and pg_restore: "
                        + "install the PostgreSQL client 15 or later, or name its folder in SLIPWAY_PG_TOOLS");
    }

    private void programs(String does) throws IOException {
        for (String name : List.of("pg_dump", "pg_restore")) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + does + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void refuses(Map<String, String> environment, String line) {
        StoreUrl source = databases.fresh();
        StoreUrl target = databases.managed();
        run(source, "CREATE TABLE t (id int)");
        PostgresEngine engine = new PostgresEngine(PostgresTools.find(environment));
        assertThatThrownBy(() -> engine.copy(source, target, CopyOptions.unfenced(), Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(line);
        assertThat(ask(target, "SELECT to_regclass('public.t') IS NULL AND to_regnamespace('slipway') IS NULL"))
                .isEqualTo("t");
    }
}
