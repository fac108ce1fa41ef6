package dev.slipway.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was changed on AWS to make the target, and where the time went.
 *
 * @param stack the name of the CloudFormation stack
 * @param changes as its change set listed them, before it was carried out; none: the target was already as planned
 * @param ending what became of it
 * @param times how long each resource took until it was there or failed, in the order in which they were begun
 */
public record ProvisionReport(String stack, List<Change> changes, Ending ending, List<Time> times) {
    public ProvisionReport {
        changes = List.copyOf(changes);
        times = List.copyOf(times);
    }

    /** What became of a change set. */
    public enum Ending {
        /** It was carried out, and nobody has seen its end. */
        BEGUN,
        DONE,
        /** A resource failed, and CloudFormation took the others back. */
        UNDONE
    }

    /** What happens to a resource. */
    public enum Action {
        ADD,
        MODIFY,
        /** A new one is made and takes its place. */
        REPLACE,
        REMOVE
    }

    /**
     * One resource of the change set.
     *
     * @param name its logical id
     * @param type as CloudFormation calls it
     */
    public record Change(String name, String type, Action action) {}

    /** How long a resource took. */
    public record Time(String name, String type, double seconds) {}

    /** This stack and one that was changed before it, as one, which ended as this one did. */
    public ProvisionReport after(ProvisionReport earlier) {
        return new ProvisionReport(
                stack,
                Stream.concat(earlier.changes.stream(), changes.stream()).toList(),
                ending,
                Stream.concat(earlier.times.stream(), times.stream()).toList());
    }

    /** How many resources have that done to them. */
    public long count(Action action) {
        return changes.stream().filter(change -> change.action() == action).count();
    }
}
