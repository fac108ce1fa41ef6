package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What the guide to SmartBoard and the issue ask of a bucket. */
final class BucketTargetTest {
    private static final String APP = """
            services:
              files: {image: "minio/minio:1", ports: ["9000:9000"]}
              web: {image: "shop/web:1", ports: ["80:3000"], environment: {S3_ENDPOINT: "http://files:9000"}}
            """;

    @Test
    void isPrivateVersionedAndEncrypted() {
        JsonNode template = of("cdn: true");
        assertThat(bucket(template, "PublicAccessBlockConfiguration").findValuesAsText("BlockPublicPolicy"))
                .containsExactly("true");
        assertThat(bucket(template, "VersioningConfiguration").path("Status").asText())
                .isEqualTo("Enabled");
        assertThat(bucket(template, "BucketEncryption").findValuesAsText("SSEAlgorithm"))
                .containsExactly("AES256");
    }

    @Test
    void refusesWhoeverComesWithoutTlsAndLeavesItsOnePolicyToTheCdn() {
        JsonNode statement = property(of("cdn: false"), "FilesBucketPolicy", "PolicyDocument")
                .at("/Statement/0");
        assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
        assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false");
        assertThat(property(of("cdn: media.shop.example"), "FilesBucketPolicy", "PolicyDocument")
                        .findValuesAsText("Effect"))
                .as("the CDN's policy refuses it, too: a bucket has one")
                .containsExactly("Allow", "Deny");
    }

    /** SmartBoard: "Lifecycle rule: transition to Glacier after 90 days". */
    @Test
    void movesObjectsToGlacierAfter90Days() {
        JsonNode rule = bucket(of("cdn: true"), "LifecycleConfiguration").at("/Rules/1/Transitions/0");
        assertThat(rule.path("StorageClass").asText())
                .as("which the app reads as before")
                .isEqualTo("GLACIER_IR");
        assertThat(rule.path("TransitionInDays").asInt()).isEqualTo(90);
    }

    @Test
    void movesThemAsSlipwayYamlSaysInstead() {
        JsonNode rules = property(template(Targets.guide("smartboard")), "MinioBucket", "LifecycleConfiguration")
                .path("Rules");
        assertThat(rules.findValuesAsText("StorageClass")).containsExactly("GLACIER");
        assertThat(rules.findValuesAsText("Id"))
                .containsExactly("unfinished-uploads", "earlier-versions", "glacier-after-90-days");
    }

    /** SmartBoard: "CORS configuration for presigned PUT uploads". */
    @Test
    void takesUploadsOfBrowsersFromTheAppsOwnOrigin() {
        JsonNode rule = bucket(of("cdn: true"), "CorsConfiguration").at("/CorsRules/0");
        assertThat(rule.path("AllowedOrigins").toString()).isEqualTo("[\"https://www.shop.example\"]");
        assertThat(rule.path("AllowedMethods").toString()).isEqualTo("[\"PUT\"]");
        assertThat(bucket(of("bucket: {CorsConfiguration: {CorsRules: []}}"), "CorsConfiguration")
                        .path("CorsRules"))
                .isEmpty();
    }

    private static JsonNode bucket(JsonNode template, String property) {
        return property(template, "FilesBucket", property);
    }

    private static JsonNode of(String options) {
        return template(Targets.of(
                APP,
                "traffic: {zone: shop.example, record: www.shop.example}\nstores: {files: {url: s3://media, " + options
                        + "}}"));
    }
}
