package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.spec.Protection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.DescribeConfigurationRecordersRequest;
import software.amazon.awssdk.services.config.model.DescribeConfigurationRecordersResponse;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.ListDetectorsRequest;
import software.amazon.awssdk.services.guardduty.model.ListDetectorsResponse;

/** What an account has is left alone, but not what the target's own stack has made of it. */
class AccountProtectionTest {
    private static final Set<Protection> ALL = EnumSet.allOf(Protection.class);

    @Test
    void findsWhatTheAccountHas() {
        assertThat(account(List.of()).presentBeside("slipway-shop", ALL))
                .containsExactlyInAnyOrder(Protection.GUARDDUTY, Protection.CLOUDTRAIL);
    }

    @Test
    void looksUpOnlyWhatIsAskedFor() {
        assertThat(account(List.of()).presentBeside("slipway-shop", Set.of(Protection.GUARDDUTY)))
                .containsExactly(Protection.GUARDDUTY);
    }

    @Test
    void countsWhatItsOwnStackHasMadeAsNotThere() {
        assertThat(account(List.of("AWS::GuardDuty::Detector")).presentBeside("slipway-shop", ALL))
                .containsExactly(Protection.CLOUDTRAIL);
    }

    @Test
    void needsNoStack() {
        assertThat(account(List.of()).presentBeside("another", ALL)).hasSize(2);
    }

    /** With a detector, a trail and no recorder. */
    static AccountProtection account(List<String> made) {
        return new AccountProtection(new Stacks(made), new Detectors(), new Trails(), new Recorders());
    }

    private record Stacks(List<String> types) implements CloudFormationClient {
        @Override
        public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
            if (!request.stackName().equals("slipway-shop")) {
                throw CloudFormationException.builder()
                        .message("Stack with id another does not exist")
                        .build();
            }
            return ListStackResourcesResponse.builder()
                    .stackResourceSummaries(types.stream()
                            .map(type -> StackResourceSummary.builder()
                                    .resourceType(type)
                                    .resourceStatus(ResourceStatus.CREATE_COMPLETE)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "cloudformation";
        }

        @Override
        public void close() {}
    }

    private record Detectors() implements GuardDutyClient {
        @Override
        public ListDetectorsResponse listDetectors(ListDetectorsRequest request) {
            return ListDetectorsResponse.builder().detectorIds("d1").build();
        }

        @Override
        public String serviceName() {
            return "guardduty";
        }

        @Override
        public void close() {}
    }

    private record Trails() implements CloudTrailClient {
        @Override
        public DescribeTrailsResponse describeTrails(DescribeTrailsRequest request) {
            return DescribeTrailsResponse.builder()
                    .trailList(Trail.builder().name("all").build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "cloudtrail";
        }

        @Override
        public void close() {}
    }

    private record Recorders() implements ConfigClient {
        @Override
        public DescribeConfigurationRecordersResponse describeConfigurationRecorders(
                DescribeConfigurationRecordersRequest request) {
            return DescribeConfigurationRecordersResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "config";
        }

        @Override
        public void close() {}
    }
}
