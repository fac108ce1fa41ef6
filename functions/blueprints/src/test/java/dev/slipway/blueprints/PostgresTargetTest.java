package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.references;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guides and the issue ask of a Postgres, on RDS and on Aurora. */
final class PostgresTargetTest {
    private static final String APP = """
            services:
              db: {image: "postgres:15", ports: ["5432:5432"]}
              web: {image: "shop/web:1", ports: ["80:3000"]}
            """;

    /** Crp-preschool: create-db-instance with a class, storage, 7 days of backups and a standby. */
    @ParameterizedTest
    @CsvSource({
        "poc, db.t4g.micro, 20, 40, false, 7",
        "small, db.t4g.medium, 100, 200, true, 7",
        "medium, db.t4g.large, 100, 200, true, 30"
    })
    void isAsLargeAndAsSafeAsItsSize(
            String size, String instance, String gb, int most, boolean standby, int backupDays) {
        JsonNode template = of(size, "");
        assertThat(instance(template, "DBInstanceClass").asText()).isEqualTo(instance);
        assertThat(instance(template, "AllocatedStorage").asText()).isEqualTo(gb);
        assertThat(instance(template, "MaxAllocatedStorage").asInt()).isEqualTo(most);
        assertThat(instance(template, "MultiAZ").asBoolean()).isEqualTo(standby);
        assertThat(instance(template, "BackupRetentionPeriod").asInt()).isEqualTo(backupDays);
    }

    @Test
    void isPrivateAndEncryptedAndOfTheSourcesVersion() {
        JsonNode template = of("poc", "");
        assertThat(instance(template, "PubliclyAccessible").asBoolean(true)).isFalse();
        assertThat(instance(template, "StorageEncrypted").asBoolean()).isTrue();
        assertThat(instance(template, "EngineVersion").asText()).isEqualTo("15");
        assertThat(instance(template, "AutoMinorVersionUpgrade").asBoolean()).isTrue();
        assertThat(instance(template, "EnableIAMDatabaseAuthentication").asBoolean())
                .isTrue();
        assertThat(instance(template, "EnablePerformanceInsights").asBoolean()).isTrue();
        assertThat(instance(template, "PerformanceInsightsRetentionPeriod").asInt())
                .as("what is free")
                .isEqualTo(7);
        assertThat(instance(template, "EnableCloudwatchLogsExports").toString()).contains("postgresql");
    }

    /** SmartBoard: "Parameter group: enable pg_stat_statements". */
    @ParameterizedTest
    @CsvSource({
        "rds, AWS::RDS::DBParameterGroup, postgres15",
        "aurora, AWS::RDS::DBClusterParameterGroup, aurora-postgresql15"
    })
    void countsStatementsLogsSlowOnesAndCanCaptureChanges(String service, String type, String family) {
        JsonNode template = of("poc", "target: " + service);
        assertThat(template.at("/Resources/DbParameters/Type").asText()).isEqualTo(type);
        assertThat(property(template, "DbParameters", "Family").asText()).isEqualTo(family);
        JsonNode parameters = property(template, "DbParameters", "Parameters");
        assertThat(parameters.path("shared_preload_libraries").asText()).isEqualTo("pg_stat_statements");
        assertThat(parameters.path("log_min_duration_statement").asText()).isEqualTo("1000");
        assertThat(parameters.path("rds.logical_replication").asText()).isEqualTo("1");
        assertThat(parameters.path("max_wal_senders").asInt())
                .as("one for each slot, and some for standbys")
                .isGreaterThan(parameters.path("max_replication_slots").asInt());
    }

    /** BahnVision: "Automated daily snapshots with 30-day retention"; MigrateAI: "Cross-region replication". */
    @Test
    void keepsACopyOfItsBackupsInAnotherRegionWhereAsked() {
        JsonNode template = of("small", "backup: {days: 30, region: eu-west-1}");
        assertThat(instance(template, "BackupRetentionPeriod").asInt()).isEqualTo(30);
        assertThat(instance(template, "AutomaticBackupReplicationRegion").asText())
                .isEqualTo("eu-west-1");
        assertThat(instance(template, "AutomaticBackupReplicationRetentionPeriod")
                        .asInt())
                .isEqualTo(30);
        assertThat(instance(template, "AutomaticBackupReplicationKmsKeyId").toString())
                .contains(":kms:eu-west-1:");
        assertThat(of("small", "").toString()).doesNotContain("AutomaticBackupReplication");
    }

    /** MigrateAI: "Database read replicas". */
    @Test
    void hasReplicasThatCanBeReadAndGoWithTheStack() {
        JsonNode template = of("small", "replicas: 2");
        JsonNode replica = template.at("/Resources/DbReplica2Instance");
        assertThat(replica.at("/Properties/SourceDBInstanceIdentifier/Ref").asText())
                .isEqualTo("DbInstance");
        assertThat(replica.path("DeletionPolicy").asText()).isEqualTo("Delete");
        assertThat(names(template.path("Outputs"))).contains("DbReplica1Host", "DbReplica2Host");
    }

    /** SmartBoard: "Create Aurora PostgreSQL cluster (engine aurora-postgresql, version 15+)", "Multi-AZ: enabled". */
    @Test
    void isAClusterOfAuroraWithAReaderThatTakesOver() {
        JsonNode template = of("small", "target: aurora, replicas: 1");
        assertThat(property(template, "DbCluster", "Engine").asText()).isEqualTo("aurora-postgresql");
        assertThat(property(template, "DbCluster", "EngineVersion").asText()).isEqualTo("15");
        assertThat(property(template, "DbCluster", "StorageEncrypted").asBoolean())
                .isTrue();
        assertThat(typesOf(template))
                .as("the writer, the standby and a replica")
                .containsEntry("AWS::RDS::DBInstance", 3);
        assertThat(template.at("/Resources/DbReader1Instance/DependsOn").toString())
                .contains("DbWriter");
        assertThat(names(template.path("Outputs")))
                .contains("DbHost", "DbPort", "DbReaderHost", "DbDatabase", "DbSecretArn");
        assertThat(typesOf(of("poc", "target: aurora"))).containsEntry("AWS::RDS::DBInstance", 1);
    }

    @Test
    void isTheGuidesOwnForSmartboard() {
        JsonNode template = template(Targets.guide("smartboard"));
        assertThat(property(template, "PostgresCluster", "DatabaseName").asText())
                .isEqualTo("smartboard");
        assertThat(property(template, "PostgresWriter", "DBInstanceClass").asText())
                .isEqualTo("db.t4g.medium");
        assertThat(property(template, "PostgresWriter", "PubliclyAccessible").asBoolean(true))
                .isFalse();
    }

    /** BahnVision: "RDS Proxy Setup": services reach the proxy, and the proxy the database. */
    @ParameterizedTest
    @CsvSource({"rds, DBInstanceIdentifiers, DbInstance", "aurora, DBClusterIdentifiers, DbCluster"})
    void standsBehindAProxyThatKnowsItsLoginOnly(String service, String property, String database) {
        JsonNode template = of("small", "proxy: true, target: " + service);
        assertThat(property(template, "DbProxyTargetGroup", property)
                        .path(0)
                        .path("Ref")
                        .asText())
                .isEqualTo(database);
        JsonNode allowed = property(template, "DbProxyRole", "Policies").at("/0/PolicyDocument/Statement");
        assertThat(allowed).hasSize(1);
        assertThat(allowed.at("/0/Action").asText()).isEqualTo("secretsmanager:GetSecretValue");
        assertThat(allowed.at("/0/Resource/0/Ref").asText()).isEqualTo("DbSecret");
        assertThat(property(template, "DbProxyAccess", "SourceSecurityGroupId").toString())
                .contains("DbProxySecurityGroup");
        assertThat(whoReaches(template, "DbSecurityGroup"))
                .as("the proxy and the workers, and no service")
                .containsExactlyInAnyOrder("DbProxySecurityGroup", "WorkersSecurityGroup");
        assertThat(whoReaches(template, "DbProxySecurityGroup"))
                .as("the services")
                .isNotEmpty()
                .doesNotContain("WorkersSecurityGroup");
    }

    /** BahnVision: "Rotate database credentials regularly". */
    @ParameterizedTest
    @CsvSource({"rds", "aurora"})
    void hasTwoLoginsByTurnsWhichTheProxyKnowsBoth(String service) {
        JsonNode template = of("small", "rotation: true, proxy: true, target: " + service);
        for (int login = 1; login <= 2; login++) {
            assertThat(property(template, "DbLogin" + login, "GenerateSecretString")
                            .path("SecretStringTemplate")
                            .asText())
                    .isEqualTo("{\"username\":\"slipway_app_" + login + "\"}");
            assertThat(template.at("/Outputs/DbLogin" + login + "SecretArn/Value/Ref")
                            .asText())
                    .isEqualTo("DbLogin" + login);
        }
        assertThat(property(template, "DbProxy", "Auth").findValuesAsText("Ref"))
                .containsExactly("DbLogin1", "DbLogin2");
        assertThat(property(template, "DbProxyRole", "Policies")
                        .at("/0/PolicyDocument/Statement/0/Resource")
                        .findValuesAsText("Ref"))
                .containsExactly("DbLogin1", "DbLogin2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "proxy: true, replicas: 2",
                "rotation: true, proxy: true",
                "target: aurora, proxy: true, replicas: 2"
            })
    void keepsNothingThatRefersToWhatIsDeleted(String options) {
        JsonNode resources = of("small", options).path("Resources");
        List<String> kept = names(resources).stream()
                .filter(name ->
                        resources.path(name).path("DeletionPolicy").asText().startsWith("Retain"))
                .toList();
        assertThat(kept)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(kept).containsAll(references(resources.path(name))));
    }

    private static List<String> whoReaches(JsonNode template, String group) {
        List<String> sources = new ArrayList<>();
        template.path("Resources").forEach(resource -> {
            JsonNode properties = resource.path("Properties");
            if (resource.path("Type").asText().equals("AWS::EC2::SecurityGroupIngress")
                    && properties.path("GroupId").toString().contains("\"" + group + "\"")) {
                sources.add(properties.at("/SourceSecurityGroupId/Fn::GetAtt/0").asText());
            }
        });
        return sources;
    }

    private static JsonNode instance(JsonNode template, String property) {
        return property(template, "DbInstance", property);
    }

    private static JsonNode of(String size, String options) {
        return template(Targets.of(APP, "target: {size: " + size + "}\nstores: {db: {" + options + "}}"));
    }
}
