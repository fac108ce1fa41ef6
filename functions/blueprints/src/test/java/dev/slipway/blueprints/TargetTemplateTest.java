package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.references;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.exception.ProvisionFailed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TargetTemplateTest {
    /** What CloudFormation takes from a bucket; a request itself takes 51,200 bytes. */
    private static final int LIMIT = 1 << 20;

    @Test
    void makesWhatThePreschoolNeeds() {
        assertThat(typesOf(template(Targets.crpPreschool())))
                .containsEntry("AWS::EC2::VPC", 1)
                .containsEntry("AWS::EC2::Subnet", 6)
                .containsEntry("AWS::EC2::NatGateway", 1)
                .containsEntry("AWS::RDS::DBInstance", 1)
                .containsEntry("AWS::ElastiCache::ReplicationGroup", 1)
                .containsEntry("AWS::ElastiCache::User", 3)
                .containsEntry("AWS::S3::Bucket", 2)
                .containsEntry("AWS::ECS::Service", 3)
                .containsEntry("AWS::ElasticLoadBalancingV2::TargetGroup", 2)
                .containsEntry("AWS::ElasticLoadBalancingV2::ListenerRule", 2)
                .containsEntry("AWS::CloudFront::Distribution", 1)
                .doesNotContainKey("AWS::Route53::RecordSet");
    }

    @Test
    void tellsExactlyWhatStepsAndWorkersRead() {
        assertThat(names(template(Targets.crpPreschool()).path("Outputs")))
                .containsExactlyInAnyOrder(
                        "LoadBalancerDnsName",
                        "LoadBalancerHostedZoneId",
                        "LoadBalancerFullName",
                        "WorkersSecurityGroup",
                        "ServicesSubnets",
                        "ClusterName",
                        "PostgresHost",
                        "PostgresPort",
                        "PostgresDatabase",
                        "PostgresSecretArn",
                        "AppSecretArn",
                        "RedisHost",
                        "RedisPort",
                        "RedisScheme",
                        "RedisAppUserId",
                        "RedisAppSecretArn",
                        "RedisAdminSecretArn",
                        "MediaBucket",
                        "MediaRegion",
                        "PrometheusEndpoint",
                        "GrafanaEndpoint",
                        "CollectorService",
                        "CollectorTaskDefinition",
                        "MediaWriters",
                        "AuthServiceTaskDefinition",
                        "AuthServiceRepositoryUri",
                        "CommunicationServiceTaskDefinition",
                        "CommunicationServiceRepositoryUri",
                        "MediaCdnHost",
                        "AuthServiceService",
                        "AuthServiceTargetGroupArn",
                        "CommunicationServiceService",
                        "CommunicationServiceTargetGroupArn");
    }

    @Test
    void fitsIntoAStack() {
        assertThat(List.of(Targets.crpPreschool(), Targets.smartboard()))
                .allSatisfy(spec -> assertThat(TargetTemplate.of(spec).getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThan(LIMIT));
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
    void givesABucketTheSourcesOwnSettingsBesideItsOwn() {
        TargetSpec spec = Targets.of("services: {files: {image: 'minio/minio:1', ports: ['9000:9000']}}", """
                stores:
                  files:
                    url: s3://media
                    bucket:
                      CorsConfiguration: {CorsRules: [{AllowedMethods: [PUT], AllowedOrigins: ["*"], MaxAge: 3600}]}
                      LifecycleConfiguration: {Rules: [{Id: drop-drafts, Status: Enabled, ExpirationInDays: 30}]}
                      VersioningConfiguration: {Status: Suspended}
                """);
        JsonNode bucket = template(spec).path("Resources").path("FilesBucket").path("Properties");
        assertThat(bucket.at("/CorsConfiguration/CorsRules/0/MaxAge").asInt()).isEqualTo(3600);
        assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Suspended");
        assertThat(bucket.at("/LifecycleConfiguration/Rules").findValuesAsText("Id"))
                .containsExactly("unfinished-uploads", "archive-after-90-days", "earlier-versions", "drop-drafts");
        assertThat(bucket.at("/PublicAccessBlockConfiguration/BlockPublicAcls").asBoolean())
                .isTrue();
    }

    @Test
    void refusesTwoNamesThatWouldBeOneLogicalId() {
        TargetSpec spec = Targets.of("services: {web-a: {image: 'shop/a:1'}, web_a: {image: 'shop/b:1'}}", "");
        assertThatThrownBy(() -> TargetTemplate.of(spec))
                .isInstanceOf(ProvisionFailed.class)
                .hasMessageContaining("WebA");
    }
}
