package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

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
        Seeding.allAtOnce(List.of(() -> seedPostgres(postgres), () -> seedRedis(redis), () -> seedMedia(media)));
    }

    public void seedPostgres(StoreUrl url) throws IOException, SQLException {
        Seeding.postgres(url, "crp-preschool", "", new SampleTables(rows).all());
    }

    public void seedRedis(StoreUrl url) throws IOException, InterruptedException {
        Seeding.redis(url, new SampleKeys(keys, parents())::writeTo);
    }

    public void seedMedia(Path folder) throws IOException {
        new SampleFiles(files).writeTo(folder);
    }
}
