package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
    /** A client that frames its upload says so before or after what its user says; some stores keep that as the object's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | gzip",
                "gzip,br | gzip,br",
                "aws-chunked | ''",
                "aws-chunked,gzip | gzip",
                "aws-chunked, gzip | gzip",
                "identity,aws-chunked | identity",
                "gzip, aws-chunked, br | gzip, br",
                "not-aws-chunked | not-aws-chunked"
            })
    void carryAnEncodingWithoutTheFramingOfItsUpload(String said, String carried) {
        assertThat(Headers.ofAnswer(Map.of("content-encoding", said)).standard().getOrDefault("content-encoding", ""))
                .isEqualTo(carried);
    }
}
