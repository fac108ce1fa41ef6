package dev.slipway.steps;

import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.report.ProvisionReport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

/** What a change set would do, and whether it may. */
final class ChangeList {
    /** What holds the app's data. */
    private static final Set<String> STORES = Set.of(
            "AWS::RDS::DBInstance",
            "AWS::RDS::DBCluster",
            "AWS::ElastiCache::ReplicationGroup",
            "AWS::ElastiCache::ServerlessCache",
            "AWS::S3::Bucket");

    private ChangeList() {}

    static List<ProvisionReport.Change> of(Stream<Change> changes) {
        return changes.map(Change::resourceChange)
                .map(change ->
                        new ProvisionReport.Change(change.logicalResourceId(), change.resourceType(), action(change)))
                .toList();
    }

    /** Whether CloudFormation has to replace a resource it knows sometimes only when it is at it: that counts as yes. */
    private static ProvisionReport.Action action(ResourceChange change) {
        if (change.action() == ChangeAction.ADD || change.action() == ChangeAction.IMPORT) {
            return ProvisionReport.Action.ADD;
        }
        if (change.action() == ChangeAction.REMOVE) {
            return ProvisionReport.Action.REMOVE;
        }
        boolean replaced = change.replacement() == Replacement.TRUE || change.replacement() == Replacement.CONDITIONAL;
        return replaced ? ProvisionReport.Action.REPLACE : ProvisionReport.Action.MODIFY;
    }

    /** @throws ProvisionFailed if a store would be replaced or removed; there is no word that allows it */
    static void requireStoresKept(String stack, List<ProvisionReport.Change> changes) {
        String lost = changes.stream()
                .filter(change -> STORES.contains(change.type()))
                .filter(change -> switch (change.action()) {
                    case REPLACE, REMOVE -> true;
                    case ADD, MODIFY -> false;
                })
                .map(change -> change.name() + " (" + change.type() + ")")
                .collect(Collectors.joining(", "));
        if (!lost.isEmpty()) {
            throw new ProvisionFailed(
                    "change the target's stack " + stack,
                    "that would replace or remove " + lost + ", which holds data",
                    "undo what you changed of that store in slipway.yaml or the compose file, or take the target down first");
        }
    }
}
