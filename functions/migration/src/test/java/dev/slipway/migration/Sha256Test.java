package dev.slipway.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** The first example of FIPS 180-2, appendix B. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isOfTheContentWhetherItIsThereOrComesAsAStream() throws IOException {
        byte[] content = "abc".getBytes(UTF_8);
        assertThat(Sha256.hex(content)).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(new ByteArrayInputStream(content))).isEqualTo(OF_ABC);
    }
}
