package dev.slipway.steps;

import dev.slipway.report.ProvisionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What the last change of a stack did to each resource, in the order of time. */
record StackEvents(List<StackEvent> events) {
    private static final Set<ResourceStatus> BEGINNINGS = Set.of(
            ResourceStatus.CREATE_IN_PROGRESS, ResourceStatus.UPDATE_IN_PROGRESS, ResourceStatus.DELETE_IN_PROGRESS);

    private static final List<String> ENDINGS = List.of("_COMPLETE", "_FAILED");

    /** @param newestFirst the stack's events as CloudFormation lists them, those of earlier changes after those of the last */
    static StackEvents ofLastChange(String stack, Stream<StackEvent> newestFirst) {
        List<StackEvent> last = new ArrayList<>();
        newestFirst
                .takeWhile(event -> !isBeginning(stack, event))
                .filter(event -> !event.logicalResourceId().equals(stack))
                .forEach(last::addFirst);
        return new StackEvents(last);
    }

    private static boolean isBeginning(String stack, StackEvent event) {
        return event.logicalResourceId().equals(stack) && BEGINNINGS.contains(event.resourceStatus());
    }

    /** The first failure; later ones only say that they were cancelled. */
    Optional<String> firstFailure() {
        return events.stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .filter(event -> !String.valueOf(event.resourceStatusReason()).contains("cancelled"))
                .findFirst()
                .map(StackEvents::describe);
    }

    private static String describe(StackEvent event) {
        return event.logicalResourceId() + " (" + event.resourceType() + ") failed: " + event.resourceStatusReason();
    }

    /** The buckets that stayed, though what made them was undone. */
    List<String> keptBuckets() {
        return events.stream()
                .filter(event -> event.resourceStatus() == ResourceStatus.DELETE_SKIPPED)
                .filter(event -> event.resourceType().equals("AWS::S3::Bucket"))
                .map(StackEvent::physicalResourceId)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How long each resource took until it was there or failed; that it was removed afterwards does not count. */
    List<ProvisionReport.Time> times() {
        Map<String, Instant> begun = new LinkedHashMap<>();
        Map<String, ProvisionReport.Time> times = new LinkedHashMap<>();
        for (StackEvent event : events) {
            Instant beginning = begun.computeIfAbsent(event.logicalResourceId(), absent -> event.timestamp());
            if (ENDINGS.stream().anyMatch(event.resourceStatusAsString()::endsWith)) {
                double seconds = Duration.between(beginning, event.timestamp()).toMillis() / 1000.0;
                times.putIfAbsent(
                        event.logicalResourceId(),
                        new ProvisionReport.Time(event.logicalResourceId(), event.resourceType(), seconds));
            }
        }
        return begun.keySet().stream()
                .filter(times::containsKey)
                .map(times::get)
                .toList();
    }
}
