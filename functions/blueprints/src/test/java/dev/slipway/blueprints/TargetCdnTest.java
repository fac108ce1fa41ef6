package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guides' lines about media and static files: CRP's "Media Storage: S3 + CloudFront CDN", BahnVision phase 6. */
final class TargetCdnTest {
    private final JsonNode preschool = template(Targets.guide("crp-preschool"));

    @Test
    void mediaStorageS3WithCloudFrontCdn() {
        JsonNode origin = property(preschool, "MediaCdn", "DistributionConfig").at("/Origins/0");
        assertThat(origin.path("DomainName").toString())
                .isEqualTo("{\"Fn::GetAtt\":[\"MediaBucket\",\"RegionalDomainName\"]}");
        assertThat(origin.path("OriginAccessControlId").toString())
                .isEqualTo("{\"Fn::GetAtt\":[\"MediaCdnAccess\",\"Id\"]}");
    }

    @Test
    void onlyThatDistributionMayReadTheBucketAndNobodyWithoutTls() {
        JsonNode statements =
                property(preschool, "MediaBucketPolicy", "PolicyDocument").path("Statement");
        assertThat(statements.at("/0/Principal/Service").asText()).isEqualTo("cloudfront.amazonaws.com");
        assertThat(statements.at("/0/Action").asText()).isEqualTo("s3:GetObject");
        assertThat(statements.at("/0/Condition/StringEquals/aws:SourceArn").toString())
                .contains("${MediaCdn}");
        assertThat(statements.at("/1/Effect").asText()).isEqualTo("Deny");
        assertThat(property(preschool, "MediaBucket", "PublicAccessBlockConfiguration"))
                .allMatch(JsonNode::asBoolean);
    }

    @Test
    void redirectsToHttpsAndSendsSecurityHeaders() {
        JsonNode behaviour =
                property(preschool, "MediaCdn", "DistributionConfig").path("DefaultCacheBehavior");
        assertThat(behaviour.path("ViewerProtocolPolicy").asText()).isEqualTo("redirect-to-https");
        assertThat(behaviour.path("ResponseHeadersPolicyId").asText())
                .isEqualTo("67f7725c-6f97-4210-82d7-5512b31e9d03");
    }

    @Test
    void datasetsThatArePresignedAreShownToNobodyElse() {
        assertThat(typesOf(template(Targets.guide("smartboard")))).doesNotContainKey("AWS::CloudFront::Distribution");
    }

    @Test
    void showsABucketUnderItsOwnNameWithItsCertificate() {
        TargetSpec spec = Targets.guide("crp-preschool", """
                stores: {media: {cdn: media.crpschool.com}}
                traffic: {zone: crpschool.com, record: api.crpschool.com}
                """);
        JsonNode template = template(spec.withHostedZone("Z1"));
        JsonNode shown = property(template, "MediaCdn", "DistributionConfig");
        assertThat(shown.path("Aliases").toString()).isEqualTo("[\"media.crpschool.com\"]");
        assertThat(shown.at("/ViewerCertificate/AcmCertificateArn").toString())
                .isEqualTo("{\"Ref\":\"MediaCdnCertificate\"}");
        assertThat(property(template, "MediaCdnCertificate", "DomainName").asText())
                .isEqualTo("media.crpschool.com");
        assertThat(property(template, "MediaCdnRecord", "AliasTarget")
                        .path("DNSName")
                        .toString())
                .isEqualTo("{\"Fn::GetAtt\":[\"MediaCdn\",\"DomainName\"]}");
        assertThat(EdgeTemplate.of(spec.withHostedZone("Z1"))).isEmpty();
    }

    @Test
    void itsCertificateInUsEast1IsAStackBeforeTheTargetOfAnotherRegion() {
        TargetSpec spec = Targets.guide("crp-preschool", """
                target: {region: eu-central-1}
                stores: {media: {cdn: media.crpschool.com}}
                traffic: {zone: crpschool.com, record: api.crpschool.com}
                """).withHostedZone("Z1");
        JsonNode edge = Templates.read(EdgeTemplate.of(spec).orElseThrow());
        assertThat(typesOf(edge)).containsOnly(Map.entry("AWS::CertificateManager::Certificate", 1));
        assertThat(property(edge, "MediaCdnCertificate", "DomainValidationOptions")
                        .at("/0/HostedZoneId/Ref")
                        .asText())
                .isEqualTo("HostedZoneId");
        assertThat(edge.at("/Outputs/MediaCdnCertificate/Value/Ref").asText()).isEqualTo("MediaCdnCertificate");

        JsonNode told = template(spec.withEdge(Map.of("MediaCdnCertificate", "arn:aws:acm:us-east-1:1:certificate/1")));
        assertThat(told.at("/Parameters/MediaCdnCertificate/Default").asText())
                .isEqualTo("arn:aws:acm:us-east-1:1:certificate/1");
        assertThat(property(told, "MediaCdn", "DistributionConfig")
                        .at("/ViewerCertificate/AcmCertificateArn/Ref")
                        .asText())
                .isEqualTo("MediaCdnCertificate");
        assertThat(told.path("Resources").has("MediaCdnCertificate")).isFalse();
    }

    @Test
    void showsWhatLiesInMinioWhereThatIsAsked() {
        assertThat(typesOf(template(Targets.guide("smartboard", "stores: {minio: {cdn: true}}"))))
                .containsEntry("AWS::CloudFront::Distribution", 1);
    }
}
