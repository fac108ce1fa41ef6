package dev.slipway.postgres.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowDigestTest {
    @Test
    void doesNotDependOnTheOrderOfRows() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add("row " + i);
        }
        String ordered = digest(rows).hex();
        Collections.shuffle(rows, new Random(1));
        assertThat(digest(rows).hex()).isEqualTo(ordered);
    }

    @Test
    void countsARowThatIsThereTwice() {
        assertThat(digest(List.of("a", "b", "b")).hex())
                .isNotEqualTo(digest(List.of("a", "a", "b")).hex());
        assertThat(digest(List.of("a", "a")).hex())
                .isNotEqualTo(digest(List.of()).hex());
    }

    @Test
    void isTheSumOfTheRowsHashesModulo2To128() {
        BigInteger sum = BigInteger.ZERO;
        RowDigest digest = new RowDigest();
        for (int i = 0; i < 500; i++) {
            byte[] row = ("row " + i).getBytes(StandardCharsets.UTF_8);
            digest.add(row);
            sum = sum.add(new BigInteger(
                    Hashing.xxh3_128().hashBytesTo128Bits(row).toString().substring(2), 16));
        }
        assertThat(new BigInteger(digest.hex(), 16)).isEqualTo(sum.mod(BigInteger.TWO.pow(128)));
        assertThat(digest.rows()).isEqualTo(500);
    }

    private static RowDigest digest(List<String> rows) {
        RowDigest digest = new RowDigest();
        rows.forEach(row -> digest.add(row.getBytes(StandardCharsets.UTF_8)));
        return digest;
    }
}
