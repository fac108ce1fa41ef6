package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.references;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.spec.Size;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TargetTemplateTest {
    /** What CloudFormation takes in a request itself; anything larger has to be uploaded first. */
    private static final int INLINE_LIMIT = 51_200;

    @Test
    void makesWhatThePreschoolNeeds() {
        assertThat(typesOf(template(Targets.crpPreschool())))
                .containsEntry("AWS::EC2::VPC", 1)
                .containsEntry("AWS::EC2::Subnet", 6)
                .containsEntry("AWS::EC2::NatGateway", 1)
                .containsEntry("AWS::RDS::DBInstance", 1)
                .containsEntry("AWS::ElastiCache::ReplicationGroup", 1)
                .containsEntry("AWS::ElastiCache::User", 3)
                .containsEntry("AWS::S3::Bucket", 1)
                .containsEntry("AWS::ECS::Service", 2)
                .containsEntry("AWS::ElasticLoadBalancingV2::TargetGroup", 2)
                .containsEntry("AWS::ElasticLoadBalancingV2::ListenerRule", 2)
                .doesNotContainKey("AWS::Route53::RecordSet");
    }

    @Test
    void tellsExactlyWhatStepsAndWorkersRead() {
        assertThat(names(template(Targets.crpPreschool()).path("Outputs")))
                .containsExactlyInAnyOrder(
                        "LoadBalancerDnsName",
                        "LoadBalancerHostedZoneId",
                        "LoadBalancerFullName",
                        "ClusterName",
                        "TaskRoleArn",
                        "PostgresHost",
                        "PostgresPort",
                        "PostgresDatabase",
                        "PostgresSecretArn",
                        "RedisHost",
                        "RedisPort",
                        "RedisScheme",
                        "RedisAppUserId",
                        "RedisAppSecretArn",
                        "RedisAdminSecretArn",
                        "MediaBucket",
                        "MediaRegion",
                        "AuthServiceService",
                        "AuthServiceTargetGroupArn",
                        "CommunicationServiceService",
                        "CommunicationServiceTargetGroupArn");
    }

    @Test
    void fitsIntoARequest() {
        assertThat(List.of(Targets.crpPreschool(), Targets.smartboard()))
                .allSatisfy(spec -> assertThat(TargetTemplate.of(spec).getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThan(INLINE_LIMIT));
    }

    @Test
    void refersOnlyToWhatIsThere() {
        assertThat(List.of(Targets.crpPreschool(), Targets.smartboard())).allSatisfy(spec -> {
            JsonNode template = template(spec);
            assertThat(names(template.path("Resources"))).containsAll(references(template));
        });
    }

    @Test
    void saysTheSameOfTheSameTarget() {
        assertThat(TargetTemplate.of(Targets.smartboard())).isEqualTo(TargetTemplate.of(Targets.smartboard()));
    }

    @Test
    void hasOneWayOutForAProofOfConceptAndOneForEachZoneOtherwise() {
        JsonNode poc = template(Targets.crpPreschool()).path("Resources");
        JsonNode small = template(Targets.smartboard()).path("Resources");
        assertThat(way(poc, "ZoneA")).isEqualTo("ZoneANatGateway");
        assertThat(way(poc, "ZoneB")).isEqualTo("ZoneANatGateway");
        assertThat(way(small, "ZoneB")).isEqualTo("ZoneBNatGateway");
    }

    @Test
    void hasAStandbyUnlessItIsAProofOfConcept() {
        JsonNode poc = template(Targets.crpPreschool());
        JsonNode small = template(Targets.smartboard());
        assertThat(property(poc, "PostgresInstance", "MultiAZ").asBoolean()).isFalse();
        assertThat(property(small, "PostgresInstance", "MultiAZ").asBoolean()).isTrue();
        assertThat(property(poc, "RedisGroup", "NumCacheClusters").asInt()).isEqualTo(1);
        assertThat(property(small, "RedisGroup", "AutomaticFailoverEnabled").asBoolean())
                .isTrue();
    }

    @Test
    void asksTheMostSpecificPathFirst() {
        assertThat(PathRule.of(Targets.smartboard().services()))
                .extracting(PathRule::path)
                .containsExactly("/socket.io/*", "/api/*", "/*");
    }

    @Test
    void tagsWhateverCanBeTagged() {
        JsonNode resources = template(Targets.crpPreschool()).path("Resources");
        assertThat(property(template(Targets.crpPreschool()), "InternetGateway", "Tags")
                        .toString())
                .isEqualTo("[{\"Key\":\"slipway:app\",\"Value\":\"crp-preschool\"}]");
        assertThat(resources.findParents("Tags")).hasSizeGreaterThan(40);
    }

    @Test
    void servesHttpsWhenThereIsACertificate() {
        TargetSpec spec = Targets.crpPreschool();
        TargetSpec secure = new TargetSpec(
                spec.app(),
                spec.region(),
                spec.size(),
                spec.stores(),
                spec.services(),
                true,
                Optional.of("arn:aws:acm:us-east-1:123456789012:certificate/0a1b"),
                List.of());
        assertThat(property(template(secure), "Listener", "Port").asInt()).isEqualTo(443);
        assertThat(property(template(secure), "Redirect", "Port").asInt()).isEqualTo(80);
    }

    @Test
    void opensAPortOnceThoughTwoServicesListenOnIt() {
        TargetSpec spec = Targets.target(
                "twins",
                Size.POC,
                List.of(),
                List.of(
                        Targets.service("one", 8080, List.of("/one/*")),
                        Targets.service("two", 8080, List.of("/two/*"))));
        assertThat(typesOf(template(spec))).containsEntry("AWS::EC2::SecurityGroupIngress", 2);
    }

    @Test
    void givesABucketTheSourcesOwnSettingsBesideItsOwn() {
        Object rule = Map.of("Id", "drop-drafts", "Status", "Enabled", "Prefix", "drafts/", "ExpirationInDays", 30);
        Object cors = Map.of("CorsRules", List.of(Map.of("AllowedMethods", List.of("PUT"), "MaxAge", 3600)));
        TargetSpec spec = Targets.target(
                "settings",
                Size.POC,
                List.of(new TargetSpec.Store(
                        "media",
                        StoreKind.OBJECTS,
                        "",
                        "",
                        0,
                        "",
                        new BucketSettings(Map.of(
                                "CorsConfiguration", cors,
                                "LifecycleConfiguration", Map.of("Rules", List.of(rule)),
                                "VersioningConfiguration", Map.of("Status", "Suspended"))))),
                List.of());
        JsonNode bucket = template(spec).path("Resources").path("MediaBucket").path("Properties");
        assertThat(bucket.at("/CorsConfiguration/CorsRules/0/MaxAge").asInt()).isEqualTo(3600);
        assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Suspended");
        assertThat(bucket.at("/LifecycleConfiguration/Rules").findValuesAsText("Id"))
                .containsExactly("unfinished-uploads", "drop-drafts");
        assertThat(bucket.at("/PublicAccessBlockConfiguration/BlockPublicAcls").asBoolean())
                .isTrue();
    }

    @Test
    void refusesTwoNamesThatWouldBeOneLogicalId() {
        TargetSpec spec = Targets.target(
                "twins",
                Size.POC,
                List.of(
                        new TargetSpec.Store("media-a", StoreKind.OBJECTS, "", "", 0, "", BucketSettings.NONE),
                        new TargetSpec.Store("media_a", StoreKind.OBJECTS, "", "", 0, "", BucketSettings.NONE)),
                List.of());
        assertThatThrownBy(() -> TargetTemplate.of(spec))
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining("MediaABucket");
    }

    private static String way(JsonNode resources, String zone) {
        return resources
                .path(zone + "ServicesDefaultRoute")
                .path("Properties")
                .path("NatGatewayId")
                .path("Ref")
                .asText();
    }
}
