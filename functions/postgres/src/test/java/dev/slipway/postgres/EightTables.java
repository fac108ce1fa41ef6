package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Enough data for a copy to be killed in the middle: eight tables, each large enough to be a transaction of its own, {@code t1} to {@code t8}. */
final class EightTables {
    static final int ROWS = 8 * 4_000;
    private static final long HALF_BYTES = 21_000_000;

    private EightTables() {}

    static StoreUrl in(StoreUrl url) {
        for (int table = 1; table <= 8; table++) {
            run(
                    url,
                    "CREATE TABLE t" + table
                            + " AS SELECT n AS id, repeat(md5(n::text), 40) AS text FROM generate_series(1, 4000) n");
            run(url, "ALTER TABLE t" + table + " ADD PRIMARY KEY (id)");
        }
        return url;
    }

    /** @param how {@code fenced} or {@code unfenced} */
    static void killMidway(PostgresTools tools, StoreUrl source, StoreUrl target, String how) throws IOException {
        killAfter(HALF_BYTES, tools, source, target, how);
    }

    static void killAfter(long bytes, PostgresTools tools, StoreUrl source, StoreUrl target, String how)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                CopyInAnotherProcess.class.getName(),
                source.reveal(),
                target.reveal(),
                Long.toString(bytes),
                tools.folder().orElseThrow().toString(),
                how);
        Map<String, String> environment = builder.environment();
        environment.put(
                "CLASSPATH", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process worker = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = worker.inputReader()) {
            assertThat(said.readLine()).isEqualTo("enough");
        } finally {
            worker.destroyForcibly().onExit().join();
        }
    }
}
