package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.references;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a target must never lose, and whom it must never let in. */
final class TargetSafetyTest {
    @Test
    void keepsStoresAndWhatTheyStandOnWhenTheStackIsDeleted() {
        JsonNode resources = template(Targets.crpPreschool()).path("Resources");
        assertThat(List.of(
                        "PostgresInstance",
                        "PostgresSecret",
                        "PostgresSubnetGroup",
                        "PostgresSecurityGroup",
                        "PostgresParameters",
                        "RedisGroup",
                        "RedisUsers",
                        "MediaBucket",
                        "Vpc",
                        "ZoneAStoresSubnet",
                        "ZoneBStoresSubnet"))
                .allSatisfy(kept -> {
                    assertThat(resources.path(kept).path("DeletionPolicy").asText())
                            .isEqualTo("RetainExceptOnCreate");
                    assertThat(resources.path(kept).path("UpdateReplacePolicy").asText())
                            .isEqualTo("Retain");
                });
    }

    @Test
    void keepsNothingThatRefersToWhatIsDeleted() {
        JsonNode resources = template(withClients()).path("Resources");
        List<String> kept = names(resources).stream()
                .filter(name -> resources.path(name).has("DeletionPolicy"))
                .filter(name ->
                        !resources.path(name).path("DeletionPolicy").asText().equals("Delete"))
                .toList();
        assertThat(kept).allSatisfy(name -> assertThat(kept).containsAll(references(resources.path(name))));
    }

    @Test
    void startsWithoutTasksAndWithAReadOnlyCache() {
        JsonNode template = template(Targets.crpPreschool());
        assertThat(property(template, "AuthServiceService", "DesiredCount").asInt(-1))
                .isZero();
        assertThat(property(template, "RedisAppUser", "AccessString").asText())
                .isEqualTo("on ~* &* -@all +@read +@connection +@transaction +info +select");
        assertThat(property(template, "RedisDefaultUser", "AccessString").asText())
                .startsWith("off");
    }

    @Test
    void encryptsTheWayToTheCacheUnlessToldNotTo() {
        TargetSpec spec = Targets.crpPreschool();
        TargetSpec plain = new TargetSpec(spec.plan(), false);
        assertThat(scheme(spec)).isEqualTo("rediss");
        assertThat(scheme(plain)).isEqualTo("redis");
        assertThat(property(template(plain), "RedisGroup", "TransitEncryptionEnabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void letsServicesStartWithTheirOwnSecretsOnly() {
        JsonNode statement = property(template(Targets.crpPreschool()), "SecretsAccess", "PolicyDocument")
                .path("Statement")
                .path(0);
        assertThat(statement.path("Action").asText()).isEqualTo("secretsmanager:GetSecretValue");
        assertThat(statement.path("Resource").toString()).isEqualTo("{\"Ref\":\"AppSecret\"}");
    }

    @Test
    void letsOnlyItsUsersAndWorkersReachAStore() {
        JsonNode resources = template(withClients()).path("Resources");
        List<String> sources = new ArrayList<>();
        resources.forEach(resource -> {
            JsonNode properties = resource.path("Properties");
            if (properties.path("FromPort").asInt() == 5432) {
                sources.add(properties.path("CidrIp").asText() + properties.path("SourceSecurityGroupId"));
            }
        });
        assertThat(sources)
                .containsExactlyInAnyOrder(
                        "{\"Fn::GetAtt\":[\"AuthServiceSecurityGroup\",\"GroupId\"]}",
                        "{\"Fn::GetAtt\":[\"CommunicationServiceSecurityGroup\",\"GroupId\"]}",
                        "{\"Fn::GetAtt\":[\"WorkersSecurityGroup\",\"GroupId\"]}",
                        "\"sg-0a1b2c3d\"",
                        "10.9.0.0/16");
    }

    private static TargetSpec withClients() {
        return Targets.guide("crp-preschool", "target: {network: {clients: [sg-0a1b2c3d, 10.9.0.0/16]}}");
    }

    private static String scheme(TargetSpec spec) {
        return template(spec).path("Outputs").path("RedisScheme").path("Value").asText();
    }
}
