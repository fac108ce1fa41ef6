package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.spec.Protection;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The security checklist of crp-preschool and BahnVision, the limit of ProStudio and BahnVision. */
class ProtectionTest {
    private static final TargetSpec SPEC = Targets.guide("crp-preschool", """
            target:
              protection: [guardduty, cloudtrail, config, inspector, backup]
              monthly_limit: 200
            """);
    private static final JsonNode TEMPLATE = template(SPEC);

    @Test
    void preschoolEnableAwsGuardDuty() {
        assertThat(property(TEMPLATE, "Detector", "Enable").asBoolean()).isTrue();
    }

    @Test
    void preschoolEnableCloudTrailForAuditLogs() {
        assertThat(property(TEMPLATE, "Trail", "IsLogging").asBoolean()).isTrue();
        assertThat(property(TEMPLATE, "Trail", "IsMultiRegionTrail").asBoolean())
                .isTrue();
        assertThat(property(TEMPLATE, "Trail", "EnableLogFileValidation").asBoolean())
                .isTrue();
        assertThat(TEMPLATE.at("/Resources/TrailBucket/DeletionPolicy").asText())
                .isEqualTo("RetainExceptOnCreate");
    }

    @Test
    void bahnvisionAwsConfigForComplianceMonitoring() {
        assertThat(property(TEMPLATE, "Recorder", "RecordingGroup")
                        .path("AllSupported")
                        .asBoolean())
                .isTrue();
        assertThat(property(TEMPLATE, "Channel", "S3BucketName").toString()).contains("ConfigBucket");
    }

    @Test
    void bahnvisionAssessmentsWithAwsInspectorAreTurnedOnByHand() {
        assertThat(SPEC.plan().warnings())
                .anySatisfy(warning -> assertThat(warning.message()).contains("aws inspector2 enable"));
    }

    @Test
    void preschoolDatabaseBackupStrategyAutomated() {
        assertThat(property(TEMPLATE, "Plan", "BackupPlan")
                        .at("/BackupPlanRule/0/Lifecycle/DeleteAfterDays")
                        .asInt())
                .isEqualTo(35);
        assertThat(property(TEMPLATE, "Selection", "BackupSelection")
                        .at("/ListOfTags/0")
                        .toString())
                .contains("slipway:app", "crp-preschool");
        assertThat(TEMPLATE.at("/Resources/Vault/DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
        assertThat(property(TEMPLATE, "Vault", "BackupVaultTags").toString())
                .isEqualTo("{\"slipway:app\":\"crp-preschool\"}");
    }

    @Test
    void isOffUnlessItIsAskedFor() {
        assertThat(typesOf(template(Targets.crpPreschool())))
                .doesNotContainKeys(
                        "AWS::GuardDuty::Detector",
                        "AWS::CloudTrail::Trail",
                        "AWS::Config::ConfigurationRecorder",
                        "AWS::Backup::BackupPlan",
                        "AWS::Budgets::Budget");
    }

    @Test
    void leavesAloneWhatTheAccountHas() {
        TargetSpec there = SPEC.withPresent(EnumSet.allOf(Protection.class));
        assertThat(typesOf(template(there)))
                .doesNotContainKeys(
                        "AWS::GuardDuty::Detector",
                        "AWS::CloudTrail::Trail",
                        "AWS::Config::ConfigurationRecorder",
                        "AWS::Backup::BackupPlan");
    }

    @Test
    void bahnvisionAlertWhenMonthlyCostsExceedTheLimit() {
        assertThat(property(TEMPLATE, "MonthlyLimit", "Budget")
                        .at("/BudgetLimit")
                        .toString())
                .isEqualTo("{\"Amount\":200,\"Unit\":\"USD\"}");
        JsonNode told = property(TEMPLATE, "MonthlyLimit", "NotificationsWithSubscribers");
        assertThat(told.findValuesAsText("NotificationType")).containsExactly("ACTUAL", "ACTUAL", "FORECASTED");
        assertThat(told.findValuesAsText("Threshold")).containsExactly("80", "100", "100");
        assertThat(told.findValues("Address")).extracting(JsonNode::toString).containsOnly("{\"Ref\":\"Alerts\"}");
    }

    @Test
    void prostudioCostAnomaliesOfWhatCarriesTheAppsTag() {
        assertThat(property(TEMPLATE, "CostMonitor", "MonitorSpecification").asText())
                .isEqualTo("{\"Tags\":{\"Key\":\"slipway:app\",\"Values\":[\"crp-preschool\"]}}");
        assertThat(property(TEMPLATE, "CostAnomalies", "Subscribers").toString())
                .isEqualTo("[{\"Type\":\"SNS\",\"Address\":{\"Ref\":\"Alerts\"}}]");
    }

    @Test
    void listsAndPricesWhatItMakes() {
        assertThat(SPEC.plan().cost().notPriced()).isEmpty();
        assertThat(SPEC.plan().cost().lines())
                .extracting(line -> line.service())
                .contains("Amazon GuardDuty", "AWS Config", "AWS Backup");
    }
}
