package dev.slipway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Against the format that aws-iam-authenticator documents, and that its server checks. */
final class ClusterTokenTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T16:00:00Z"), ZoneOffset.UTC);

    private final String token = token("shop");

    @Test
    void beginsAsEveryTokenOfItsKindAndHasNoPadding() {
        assertThat(token).startsWith("k8s-aws-v1.").doesNotContain("=", "+", "/");
    }

    @Test
    void asksStsWhoIsAsking() {
        URI question = question(token);
        assertThat(question.getHost()).isEqualTo("sts.us-west-2.amazonaws.com");
        assertThat(question.getPath()).isEqualTo("/");
        assertThat(query(question))
                .containsEntry("Action", "GetCallerIdentity")
                .containsEntry("Version", "2011-06-15")
                .containsEntry("X-Amz-Algorithm", "AWS4-HMAC-SHA256")
                .containsEntry("X-Amz-Date", "20261122T160000Z")
                .containsEntry("X-Amz-Expires", "60")
                .containsEntry("X-Amz-Security-Token", "session")
                .containsKey("X-Amz-Signature");
    }

    @Test
    void signsTheClustersName() {
        assertThat(query(question(token)).get("X-Amz-SignedHeaders")).isEqualTo("host%3Bx-k8s-aws-id");
        assertThat(query(question(token)).get("X-Amz-Signature"))
                .isNotEqualTo(query(question(token("other"))).get("X-Amz-Signature"));
    }

    @Test
    void namesNoSecretOfTheCaller() {
        assertThat(question(token).toString()).doesNotContain("very-secret");
    }

    private static String token(String cluster) {
        return new ClusterToken(cluster, "us-west-2", CLOCK)
                .of(AwsSessionCredentialsIdentity.create("AKIAEXAMPLE", "very-secret", "session"));
    }

    private static URI question(String token) {
        byte[] text = Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length()));
        return URI.create(new String(text, StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(URI uri) {
        return Arrays.stream(uri.getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
