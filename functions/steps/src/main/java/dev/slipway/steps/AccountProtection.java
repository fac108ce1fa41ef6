package dev.slipway.steps;

import dev.slipway.migration.spec.Protection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/**
 * What watches over the account already. AWS Backup is not among it: a plan for the app's own tag stands beside others; nor is
 * Amazon Inspector, which no template turns on.
 */
final class AccountProtection {
    private final CloudFormationClient cloudFormation;
    private final GuardDutyClient guardDuty;
    private final CloudTrailClient cloudTrail;
    private final ConfigClient config;

    AccountProtection(
            CloudFormationClient cloudFormation,
            GuardDutyClient guardDuty,
            CloudTrailClient cloudTrail,
            ConfigClient config) {
        this.cloudFormation = cloudFormation;
        this.guardDuty = guardDuty;
        this.cloudTrail = cloudTrail;
        this.config = config;
    }

    /**
     * What the target need not make. What its own stack has made stays in it: left out, it would be deleted by the next update.
     *
     * @param asked of these only is looked up whether they are there
     * @param stack the target's, which need not be there yet
     */
    Set<Protection> presentBeside(String stack, Set<Protection> asked) {
        Set<Protection> present = EnumSet.noneOf(Protection.class);
        if (asked.isEmpty()) {
            return present;
        }
        Set<String> own = typesOf(stack);
        for (Protection protection : asked) {
            if (!own.contains(type(protection)) && isThere(protection)) {
                present.add(protection);
            }
        }
        return present;
    }

    private boolean isThere(Protection protection) {
        return switch (protection) {
            case GUARDDUTY ->
                !guardDuty.listDetectors(request -> {}).detectorIds().isEmpty();
            case CLOUDTRAIL ->
                !cloudTrail.describeTrails(request -> {}).trailList().isEmpty();
            case CONFIG ->
                !config.describeConfigurationRecorders(request -> {})
                        .configurationRecorders()
                        .isEmpty();
            case INSPECTOR, BACKUP -> false;
        };
    }

    private static String type(Protection protection) {
        return switch (protection) {
            case GUARDDUTY -> "AWS::GuardDuty::Detector";
            case CLOUDTRAIL -> "AWS::CloudTrail::Trail";
            case CONFIG -> "AWS::Config::ConfigurationRecorder";
            case INSPECTOR -> "";
            case BACKUP -> "AWS::Backup::BackupPlan";
        };
    }

    private Set<String> typesOf(String stack) {
        try {
            return cloudFormation.listStackResourcesPaginator(request -> request.stackName(stack)).stream()
                    .flatMap(page -> page.stackResourceSummaries().stream())
                    .filter(resource -> resource.resourceStatus() != ResourceStatus.DELETE_COMPLETE)
                    .map(StackResourceSummary::resourceType)
                    .collect(Collectors.toSet());
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
                return Set.of();
            }
            throw e;
        }
    }
}
