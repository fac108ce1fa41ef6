package dev.slipway.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDataIT {
    private static final long HUNDRED_MEGABYTES = 100L << 20;

    @TempDir
    Path folder;

    @Test
    void fillsThreeStoresWithTheStandardDataInSeconds() throws Exception {
        SampleData data = SampleData.standard();
        try (Stores stores = Stores.start(folder)) {
            Instant begin = Instant.now();
            data.seed(stores.postgresUrl(), stores.redisUrl(), stores.media());
            Duration time = Duration.between(begin, Instant.now());

            assertThat(time).isLessThan(Duration.ofSeconds(60));
            assertThat(number(stores, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo(16);
            assertThat(number(
                            stores,
                            "SELECT sum(pg_table_size(oid)) FROM pg_class WHERE relkind = 'r'"
                                    + " AND relnamespace = 'public'::regnamespace"))
                    .isGreaterThan(HUNDRED_MEGABYTES);
            assertThat(number(stores, "SELECT nextval('receipt_number_seq')")).isEqualTo(273_250);
            try (Stream<Path> files = Files.walk(stores.media())) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(1_000);
            }
        }
    }

    private static long number(Stores stores, String sql) throws SQLException {
        try (Connection connection = SampleDatabase.connect(stores.postgresUrl(), "crp-preschool");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
