package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The guides' lines about load balancers, certificates and firewalls: SmartBoard section 9, CRP's "SSL" and "Security", MigrateAI's WAF. */
final class WayInTest {
    private static final String WEB = "services: {web: {image: 'shop/web:1', ports: ['80:3000']}}";
    private static final String ARN = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b";

    private final JsonNode smartboard = template(inZone(Targets.guide("smartboard"), "Z0123456789ABCDEFGHIJ"));

    @Test
    void createAlbInPublicSubnetsWithSgAlb() {
        assertThat(property(smartboard, "LoadBalancer", "Subnets").toString())
                .isEqualTo("[{\"Ref\":\"ZoneAPublicSubnet\"},{\"Ref\":\"ZoneBPublicSubnet\"}]");
        assertThat(property(smartboard, "LoadBalancer", "SecurityGroups").toString())
                .isEqualTo("[{\"Fn::GetAtt\":[\"LoadBalancerSecurityGroup\",\"GroupId\"]}]");
    }

    @Test
    void httpsListenerOnPort443WithAcmCertificate() {
        assertThat(property(smartboard, "Listener", "Port").asInt()).isEqualTo(443);
        assertThat(property(smartboard, "Listener", "SslPolicy").asText()).startsWith("ELBSecurityPolicy-TLS13-1-2");
        assertThat(property(smartboard, "Listener", "Certificates").toString())
                .isEqualTo("[{\"CertificateArn\":{\"Ref\":\"Certificate\"}}]");
        assertThat(property(smartboard, "Certificate", "DomainName").asText()).isEqualTo("app.smartboard.example");
    }

    @Test
    void requestCertificateWithDnsValidation() {
        assertThat(property(smartboard, "Certificate", "ValidationMethod").asText())
                .isEqualTo("DNS");
        assertThat(property(smartboard, "Certificate", "DomainValidationOptions")
                        .toString())
                .isEqualTo("[{\"DomainName\":\"app.smartboard.example\",\"HostedZoneId\":{\"Ref\":\"HostedZoneId\"}}]");
        assertThat(smartboard.path("Parameters").toString())
                .isEqualTo("{\"HostedZoneId\":{\"Type\":\"AWS::Route53::HostedZone::Id\","
                        + "\"Default\":\"Z0123456789ABCDEFGHIJ\"}}");
    }

    @Test
    void leavesTheZonesIdToWhoeverDeploysTheTemplate() {
        JsonNode template = template(inZone(Targets.guide("smartboard"), TargetSpec.SAID_LATER));
        assertThat(template.path("Parameters").toString())
                .isEqualTo("{\"HostedZoneId\":{\"Type\":\"AWS::Route53::HostedZone::Id\"}}");
    }

    @Test
    void validatesEachNameThatTheZoneCanShow() {
        TargetSpec spec = inZone(Targets.of("""
                services:
                  api:
                    image: shop/api:1
                    labels: {"traefik.http.routers.api.rule": "Host(`api.shop.example`, `api.other.example`)"}
                    expose: ["80"]
                """, "traffic: {zone: shop.example, record: www.shop.example}"), "Z1");
        assertThat(property(template(spec), "Certificate", "SubjectAlternativeNames")
                        .toString())
                .isEqualTo("[\"api.shop.example\"]");
        assertThat(property(template(spec), "Certificate", "DomainValidationOptions")
                        .findValuesAsText("DomainName"))
                .containsExactly("www.shop.example", "api.shop.example");
    }

    @Test
    void takesTheCertificateThatIsThere() {
        TargetSpec spec =
                Targets.of(WEB, "traffic: {zone: shop.example, record: www.shop.example, certificate: '" + ARN + "'}");
        assertThat(spec.needsHostedZone()).isFalse();
        assertThat(property(template(spec), "Listener", "Certificates").toString())
                .isEqualTo("[{\"CertificateArn\":\"" + ARN + "\"}]");
        assertThat(typesOf(template(spec))).doesNotContainKey("AWS::CertificateManager::Certificate");
    }

    @Test
    void httpToHttpsRedirectOnPort80() {
        assertThat(property(smartboard, "Redirect", "Port").asInt()).isEqualTo(80);
        assertThat(property(smartboard, "Redirect", "DefaultActions")
                        .at("/0/RedirectConfig/Protocol")
                        .asText())
                .isEqualTo("HTTPS");
    }

    @Test
    void answersHttpWhereNobodyHasLookedForTheZone() {
        TargetSpec spec = Targets.guide("smartboard");
        assertThat(spec.needsHostedZone()).isTrue();
        assertThat(property(template(spec), "Listener", "Port").asInt()).isEqualTo(80);
        assertThat(typesOf(template(spec))).doesNotContainKey("AWS::CertificateManager::Certificate");
    }

    @Test
    void apiGoesToGatewayAndAllElseToWeb() {
        assertThat(PathRule.of(Targets.guide("smartboard").services()))
                .extracting(rule -> rule.path() + " " + rule.service().name())
                .containsExactly("/api/* gateway", "/* web");
    }

    @Test
    void targetGroupsOnTheirPortsWithTheirHealthPaths() {
        assertThat(property(smartboard, "WebTargetGroup", "Port").asInt()).isEqualTo(3000);
        assertThat(property(smartboard, "GatewayTargetGroup", "Port").asInt()).isEqualTo(4000);
        assertThat(property(smartboard, "GatewayTargetGroup", "HealthCheckPath").asText())
                .isEqualTo("/health/ready");
    }

    @Test
    void accessLogsGoToABucketOfTheirOwn() {
        assertThat(property(smartboard, "LoadBalancer", "LoadBalancerAttributes")
                        .toString())
                .contains("{\"Key\":\"access_logs.s3.bucket\",\"Value\":{\"Ref\":\"AccessLogs\"}}");
        assertThat(smartboard.at("/Resources/LoadBalancer/DependsOn").toString())
                .contains("AccessLogsPolicy");
        JsonNode delivery =
                property(smartboard, "AccessLogsPolicy", "PolicyDocument").at("/Statement/0");
        assertThat(delivery.at("/Principal/Service").asText())
                .isEqualTo("logdelivery.elasticloadbalancing.amazonaws.com");
        assertThat(delivery.path("Resource").toString())
                .isEqualTo("{\"Fn::Sub\":\"${AccessLogs.Arn}/AWSLogs/${AWS::AccountId}/*\"}");
        assertThat(property(smartboard, "AccessLogs", "LifecycleConfiguration")
                        .at("/Rules/0/ExpirationInDays")
                        .asInt())
                .isEqualTo(90);
    }

    @Test
    void wafOwaspManagedRules() {
        assertThat(property(smartboard, "Firewall", "Rules").findValuesAsText("Name"))
                .contains(
                        "AWSManagedRulesAmazonIpReputationList",
                        "AWSManagedRulesCommonRuleSet",
                        "AWSManagedRulesKnownBadInputsRuleSet",
                        "AWSManagedRulesSQLiRuleSet");
        assertThat(property(smartboard, "FirewallAssociation", "ResourceArn").toString())
                .isEqualTo("{\"Ref\":\"LoadBalancer\"}");
        assertThat(property(smartboard, "FirewallLog", "LogGroupName")
                        .at("/Fn::Sub/0")
                        .asText())
                .startsWith("aws-waf-logs-");
    }

    @Test
    void aFirewallLetsUploadsThrough() {
        assertThat(property(smartboard, "Firewall", "Rules")
                        .findParents("ActionToUse")
                        .toString())
                .contains("\"Name\":\"SizeRestrictions_BODY\",\"ActionToUse\":{\"Count\":{}}");
    }

    @Test
    void hasNoWayInWhereNothingIsPublic() {
        for (TargetSpec spec : java.util.List.of(
                Targets.of("services: {worker: {image: 'shop/worker:1'}}", ""),
                Targets.guide("crp-preschool", "target: {compute: none}"))) {
            JsonNode template = template(spec);
            assertThat(typesOf(template))
                    .doesNotContainKeys(
                            "AWS::ElasticLoadBalancingV2::LoadBalancer",
                            "AWS::ElasticLoadBalancingV2::Listener",
                            "AWS::WAFv2::WebACL");
            assertThat(names(template.path("Outputs"))).noneMatch(name -> name.startsWith("LoadBalancer"));
        }
    }

    private static TargetSpec inZone(TargetSpec spec, String zone) {
        return spec.withHostedZone(zone);
    }
}
