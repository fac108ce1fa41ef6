package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;

class BucketSettingsIT extends WithRealServer {
    private final ObjectsEngine engine = new ObjectsEngine();
    private String bucket;

    @BeforeEach
    void set() {
        bucket = server.bucket();
        server.owner()
                .putBucketCors(request -> request.bucket(bucket)
                        .corsConfiguration(all -> all.corsRules(CORSRule.builder()
                                .allowedMethods("GET", "PUT")
                                .allowedOrigins("https://shop.example")
                                .allowedHeaders("*")
                                .maxAgeSeconds(3600)
                                .build())));
        server.owner()
                .putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(all -> all.status(BucketVersioningStatus.SUSPENDED)));
        server.letGuestRead(bucket, "private/");
        server.owner()
                .putBucketWebsite(request -> request.bucket(bucket)
                        .websiteConfiguration(all -> all.indexDocument(index -> index.suffix("index.html"))));
    }

    @Test
    void areShownAndWhatIsUnknownIsNotTakenForNone() {
        Map<String, Object> details =
                engine.inspect(server.url(bucket)).details().values();

        assertThat(details.get("cors"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("state", "set");
        assertThat(details.get("versioning")).isEqualTo(Map.of("state", "set", "value", Map.of("Status", "Suspended")));
        assertThat(String.valueOf(details.get("policy"))).contains("s3:GetObjectTagging");
        assertThat(details.get("lifecycle")).isEqualTo(Map.of("state", "not supported by this server"));
        assertThat(details.get("encryption")).isEqualTo(Map.of("state", "not supported by this server"));
        assertThat(details.get("objectLock")).isEqualTo(Map.of("state", "none"));
        assertThat(details.get("bucket"))
                .isEqualTo(new BucketSettings(Map.of(
                        "CorsConfiguration",
                        Map.of(
                                "CorsRules",
                                List.of(Map.of(
                                        "AllowedMethods",
                                        List.of("GET", "PUT"),
                                        "AllowedOrigins",
                                        List.of("https://shop.example"),
                                        "AllowedHeaders",
                                        List.of("*"),
                                        "MaxAge",
                                        3600))),
                        "VersioningConfiguration",
                        Map.of("Status", "Suspended"))));
    }

    @Test
    void areToldApartFromWhatTheLoginMayNotAsk() {
        Inspection inspection = engine.inspect(server.guestUrl(bucket));
        assertThat(inspection.details().values().get("cors")).isEqualTo(Map.of("state", "not permitted to this login"));
        assertThat(inspection.details().values().get("bucket")).isEqualTo(BucketSettings.NONE);
    }

    @Test
    void areWarnedOfWhereACopyDoesNotCarryThem() {
        assertThat(engine.inspect(server.url(bucket)).findings())
                .extracting(Finding::subject)
                .contains("settings", "policy", "website");
        assertThat(engine.inspect(server.url(bucket)).findings())
                .filteredOn(finding -> finding.subject().equals("policy"))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .contains(
                        "2 statements: allow guest s3:ListBucket",
                        "deny guest s3:GetObject on arn:aws:s3:::" + bucket + "/private/*");
    }

    @Test
    void areComparedWithTheTargets() {
        String plain = server.bucket();
        assertThat(engine.between(server.url(bucket), server.url(plain)))
                .extracting(Finding::subject)
                .containsExactly("cors", "versioning", "policy", "website");
        assertThat(engine.between(server.url(plain), server.url(bucket)))
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("The source has no CORS, the target 1 rule: GET, PUT from"));
        assertThat(engine.between(server.url(bucket), server.url(bucket))).isEmpty();
    }
}
