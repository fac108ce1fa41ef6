package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/**
 * The data of the sample app, the same bytes every time: tables of about {@code rows} rows together, {@code keys} Redis
 * keys and {@code files} media files.
 */
public record SampleData(long rows, int keys, int files) {
    private static final long STANDARD_ROWS = 450_000;
    private static final int STANDARD_KEYS = 50_000;
    private static final int STANDARD_FILES = 1_000;
    private static final int FEWEST_KEYS = 500;
    private static final int FEWEST_FILES = 60;

    /** More than 100 MB in Postgres, 50,000 keys and 1,000 files. */
    public static SampleData standard() {
        return withRows(STANDARD_ROWS);
    }

    /** The standard data with another number of rows; fewer rows also bring fewer keys and files. */
    public static SampleData withRows(long rows) {
        double share = Math.min(1, (double) rows / STANDARD_ROWS);
        return new SampleData(rows, Math.max(FEWEST_KEYS, (int) (STANDARD_KEYS * share)), Math.max(FEWEST_FILES, (int)
                (STANDARD_FILES * share)));
    }

    /** How many parents there are; their identifiers count from 1. */
    public long parents() {
        return new SampleSizes(rows).parents();
    }

    /** The media files' paths below their folder. */
    public List<String> mediaNames() {
        return new SampleFiles(files).names();
    }

    /**
     * Fills an empty database, an empty Redis and an empty folder, all at once.
     *
     * @throws IOException if a store refuses; what is already written stays
     */
    public void seed(StoreUrl postgres, StoreUrl redis, Path media) throws IOException, InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> stores = List.of(
                    executor.submit(seeding(() -> seedPostgres(postgres))),
                    executor.submit(seeding(() -> seedRedis(redis))),
                    executor.submit(seeding(() -> seedMedia(media))));
            for (Future<Boolean> store : stores) {
                store.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Tried to write sample data but " + Causes.lineOf(e), e);
        }
    }

    public void seedPostgres(StoreUrl url) throws IOException, SQLException {
        try (Connection connection = SampleDatabase.connect(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(script("schema.sql"));
            for (SampleTable table : new SampleTables(rows).all()) {
                try (OutputStream out =
                        new PGCopyOutputStream(connection.unwrap(PGConnection.class), table.copyStatement())) {
                    table.writeTo(out);
                }
            }
            statement.execute(script("constraints.sql"));
            connection.commit();
        }
    }

    public void seedRedis(StoreUrl url) throws IOException, InterruptedException {
        try (RedisPipe pipe = new RedisPipe(url.host(), url.port(6379))) {
            if (url.password().isPresent()) {
                pipe.send(RedisCommand.of(
                        "AUTH", url.user().orElse("default"), url.password().get()));
            }
            new SampleKeys(keys, parents()).writeTo(pipe::send);
            pipe.finish();
        }
    }

    public void seedMedia(Path folder) throws IOException {
        new SampleFiles(files).writeTo(folder);
    }

    @FunctionalInterface
    private interface Seeding {
        void run() throws IOException, SQLException, InterruptedException;
    }

    private static Callable<Boolean> seeding(Seeding seeding) {
        return () -> {
            seeding.run();
            return true;
        };
    }

    private static String script(String name) throws IOException {
        try (InputStream in = SampleData.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not packaged with " + SampleData.class.getSimpleName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
