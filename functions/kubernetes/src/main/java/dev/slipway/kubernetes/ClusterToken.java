package dev.slipway.kubernetes;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * What a cluster of EKS takes for a bearer token: a question to STS, who is asking, that is signed beforehand and that EKS asks in
 * the caller's place (https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster).
 *
 * @param cluster its name, which is signed too, so that no other cluster can use the token
 */
public record ClusterToken(String cluster, String region, Clock clock) {
    private static final String PREFIX = "k8s-aws-v1.";
    private static final String CLUSTER_HEADER = "x-k8s-aws-id";
    /** The longest that EKS takes for one; the token itself is good for 15 minutes. */
    private static final Duration SIGNED_FOR = Duration.ofSeconds(60);

    /** A secret: whoever has it is the caller for 15 minutes. */
    public String of(AwsCredentialsIdentity credentials) {
        AwsV4HttpSigner signer = AwsV4HttpSigner.create();
        URI question = signer.sign(request -> request.identity(credentials)
                        .request(question())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, SIGNED_FOR)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
        byte[] text = question.toString().getBytes(StandardCharsets.UTF_8);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private SdkHttpRequest question() {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host("sts." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com"))
                .encodedPath("/")
                .putRawQueryParameter("Action", "GetCallerIdentity")
                .putRawQueryParameter("Version", "2011-06-15")
                .putHeader(CLUSTER_HEADER, cluster)
                .build();
    }
}
