package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource({
        "postgres://app:s3cret@db:5432/shop, postgres://app:***@db:5432/shop",
        "redis://:s3cret@cache/0, redis://:***@cache/0",
        "postgres://app:s3@cret@db/shop, postgres://app:***@db/shop",
        "could not log in to postgres://app:s3cret@db/shop: refused, could not log in to postgres://app:***@db/shop: refused",
        "jdbc:postgresql://db/shop?user=app&password=s3cret&ssl=true, jdbc:postgresql://db/shop?user=app&password=***&ssl=true",
        "host=db password='s3 cret' port=5432, host=db password=*** port=5432",
        "PGPASSWORD=s3cret psql, PGPASSWORD=*** psql",
        "s3://bucket/a:b@c, s3://bucket/a:b@c",
        "http://127.0.0.1:4566/x, http://127.0.0.1:4566/x"
    })
    void takesThePasswordAndNothingElse(String text, String redacted) {
        assertThat(Redaction.of(text)).isEqualTo(redacted);
    }
}
