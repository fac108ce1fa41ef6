package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedStore;
import java.util.Map;

/** Buckets: private, encrypted, versioned, with the rules that the plan carries for each. */
final class ToldBuckets {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ToldBuckets() {}

    static void assertAsPlanned(MadeTarget target) throws JsonProcessingException {
        for (PlannedStore store : target.plan().stores()) {
            if (store.kind() == StoreKind.OBJECTS && store.role() != StoreRole.LEAVE) {
                assertSafe(target, store);
                assertCarried(target, store);
                assertAge(target, store);
            }
        }
    }

    private static void assertSafe(MadeTarget target, PlannedStore store) throws JsonProcessingException {
        assertThat(ask(target, store, "GetBucketVersioning").path("Status").asText())
                .isEqualTo("Enabled");
        assertThat(ask(target, store, "GetBucketEncryption")
                        .findPath("SSEAlgorithm")
                        .asText())
                .isEqualTo("AES256");
        assertThat(ask(target, store, "GetPublicAccessBlock").path("PublicAccessBlockConfiguration"))
                .hasSize(4)
                .allMatch(JsonNode::asBoolean);
        assertThat(ask(target, store, "GetBucketOwnershipControls")
                        .findPath("ObjectOwnership")
                        .asText())
                .isEqualTo("BucketOwnerEnforced");
        JsonNode policy = JSON.readTree(
                        ask(target, store, "GetBucketPolicy").path("Policy").asText())
                .path("Statement");
        assertThat(policy)
                .as("nobody without TLS")
                .anyMatch(statement -> statement.path("Effect").asText().equals("Deny")
                        && statement.findPath("aws:SecureTransport").asText().equals("false")
                        && statement.path("Resource").toString().contains(bucket(target, store)));
        assertThat(policy.findValuesAsText("Service").contains("cloudfront.amazonaws.com"))
                .isEqualTo(store.hasCdn());
        if (store.hasCdn()) {
            assertThat(policy.findPath("aws:SourceArn").asText())
                    .endsWith("distribution/" + target.id(LogicalName.of(store.name()) + "Cdn"));
        }
    }

    /** What stands in the plan by CloudFormation's names, the service tells by its own. */
    private static void assertCarried(MadeTarget target, PlannedStore store) {
        JsonNode carried = JSON.valueToTree(store.bucket().properties());
        JsonNode cors = carried.at("/CorsConfiguration/CorsRules");
        JsonNode told = target.questions()
                .ask("s3", "GetBucketCors", Map.of("Bucket", bucket(target, store)))
                .path("CORSRules");
        assertThat(told).hasSize(cors.size());
        for (int i = 0; i < cors.size(); i++) {
            for (String field : new String[] {"AllowedOrigins", "AllowedMethods", "AllowedHeaders"}) {
                assertThat(told.path(i).path(field)).isEqualTo(cors.path(i).path(field));
            }
            assertThat(told.path(i).path("MaxAgeSeconds").asInt())
                    .isEqualTo(cors.path(i).path("MaxAge").asInt());
        }
    }

    /** The plan's own transitions, or to where objects are still read as before, after 90 days. */
    private static void assertAge(MadeTarget target, PlannedStore store) {
        JsonNode rules = JSON.valueToTree(store.bucket().properties()).at("/LifecycleConfiguration/Rules");
        JsonNode planned = rules.findPath("Transitions").path(0);
        JsonNode told = ask(target, store, "GetBucketLifecycleConfiguration").path("Rules");
        assertThat(told.findValues("Transitions")).singleElement().satisfies(transitions -> {
            assertThat(transitions).hasSize(1);
            assertThat(transitions.at("/0/Days").asInt())
                    .isEqualTo(planned.path("TransitionInDays").asInt(90));
            assertThat(transitions.at("/0/StorageClass").asText())
                    .isEqualTo(planned.path("StorageClass").asText("GLACIER_IR"));
        });
        assertThat(told.findValuesAsText("ID")).contains("unfinished-uploads", "earlier-versions");
        assertThat(told.findValuesAsText("Status")).containsOnly("Enabled");
    }

    private static JsonNode ask(MadeTarget target, PlannedStore store, String operation) {
        return target.ask("s3", operation, Map.of("Bucket", bucket(target, store)));
    }

    private static String bucket(MadeTarget target, PlannedStore store) {
        return target.id(LogicalName.of(store.name()) + "Bucket");
    }
}
