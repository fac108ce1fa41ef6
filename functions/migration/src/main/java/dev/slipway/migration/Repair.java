package dev.slipway.migration;

import java.util.List;

/**
 * What became of a target that was to be made the same as its source.
 *
 * @param done what was changed on the target; all of it; a repair that failed has none
 * @param left what a repair does not touch, and what to do about it
 * @param after how both compare now
 */
public record Repair(List<Mended> done, List<Finding> left, Comparison after) {
    public Repair {
        done = List.copyOf(done);
        left = List.copyOf(left);
    }

    /**
     * One thing that was changed.
     *
     * @param item the table, sequence or object
     * @param removed how many rows or objects were taken away
     * @param written how many were put there
     */
    public record Mended(String item, long removed, long written) {}
}
