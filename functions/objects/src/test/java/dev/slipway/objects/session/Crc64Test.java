package dev.slipway.objects.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64Test {
    /** The check value of the catalogue of CRCs: CRC-64/NVME of "123456789" is ae8b14860a799888. */
    @Test
    void isThatOfTheCatalogue() {
        Crc64 crc = new Crc64();
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        crc.update(digits, 0, digits.length);
        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
    }

    @Test
    void isTheSameHoweverTheBytesAreCut() {
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);
        Crc64 whole = new Crc64();
        for (byte each : bytes) {
            whole.update(each);
        }
        for (int cut = 0; cut <= bytes.length; cut += 7) {
            Crc64 first = new Crc64();
            Crc64 second = new Crc64();
            first.update(bytes, 0, cut);
            second.update(bytes, cut, bytes.length - cut);
            assertThat(Crc64.joined(first.getValue(), second.getValue(), bytes.length - cut))
                    .isEqualTo(whole.getValue());
        }
        assertThat(Crc64.of(bytes)).isEqualTo(whole.text());
        assertThat(Crc64.of(Arrays.copyOf(bytes, 999))).isNotEqualTo(whole.text());
    }
}
