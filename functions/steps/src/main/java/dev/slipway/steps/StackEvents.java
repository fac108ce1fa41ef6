package dev.slipway.steps;

import dev.slipway.report.ProvisionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What the last change of a stack did to each resource, in the order of time. */
record StackEvents(List<StackEvent> events) {
    private static final Set<ResourceStatus> BEGINNINGS = Set.of(
            ResourceStatus.CREATE_IN_PROGRESS, ResourceStatus.UPDATE_IN_PROGRESS, ResourceStatus.DELETE_IN_PROGRESS);

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

    /** How long each resource took that came to an end. */
    List<ProvisionReport.Time> times() {
        Map<String, Instant> begun = new LinkedHashMap<>();
        Map<String, ProvisionReport.Time> times = new LinkedHashMap<>();
        for (StackEvent event : events) {
            Instant beginning = begun.computeIfAbsent(event.logicalResourceId(), absent -> event.timestamp());
            if (event.resourceStatusAsString().endsWith("_COMPLETE")) {
                double seconds = Duration.between(beginning, event.timestamp()).toMillis() / 1000.0;
                times.put(
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
