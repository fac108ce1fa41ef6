package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** How empty stores are filled. */
final class Seeding {
    private Seeding() {}

    /** Fills one store. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, SQLException, InterruptedException;
    }

    /** Writes keys. */
    @FunctionalInterface
    interface Keys {
        void writeTo(SampleKeys.Sink sink) throws IOException;
    }

    /** @throws IOException if a store refuses; what is already written stays */
    static void allAtOnce(List<Step> steps) throws IOException, InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> stores =
                    steps.stream().map(step -> executor.submit(called(step))).toList();
            for (Future<Boolean> store : stores) {
                store.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Tried to write sample data but " + Causes.lineOf(e), e);
        }
    }

    /**
     * Makes the tables of one script, fills them and then lets another one constrain them, in one transaction.
     *
     * @param prefix of the scripts' names
     */
    static void postgres(StoreUrl url, String app, String prefix, List<SampleTable> tables)
            throws IOException, SQLException {
        try (Connection connection = SampleDatabase.connect(url, app);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(script(prefix + "schema.sql"));
            for (SampleTable table : tables) {
                try (OutputStream out =
                        new PGCopyOutputStream(connection.unwrap(PGConnection.class), table.copyStatement())) {
                    table.writeTo(out);
                }
            }
            statement.execute(script(prefix + "constraints.sql"));
            connection.commit();
        }
    }

    static void redis(StoreUrl url, Keys keys) throws IOException, InterruptedException {
        try (RedisPipe pipe = new RedisPipe(url.host(), url.port(6379))) {
            if (url.password().isPresent()) {
                pipe.send(RedisCommand.of(
                        "AUTH", url.user().orElse("default"), url.password().get()));
            }
            keys.writeTo(pipe::send);
            pipe.finish();
        }
    }

    private static Callable<Boolean> called(Step step) {
        return () -> {
            step.run();
            return true;
        };
    }

    private static String script(String name) throws IOException {
        try (InputStream in = Seeding.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not packaged with " + Seeding.class.getSimpleName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
