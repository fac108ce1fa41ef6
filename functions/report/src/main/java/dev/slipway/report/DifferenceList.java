package dev.slipway.report;

import dev.slipway.migration.Comparison;
import java.util.List;

/** The first differences of a store. */
record DifferenceList(String summary, List<Line> lines) {

    static DifferenceList of(CompareReport compare) {
        List<Line> lines = compare.differences().stream().map(Line::of).toList();
        long all = compare.differing().orElse((long) lines.size());
        return new DifferenceList(
                all > lines.size() ? "the first " + lines.size() + " of " + Units.count(all) : "all " + all, lines);
    }

    /** One difference. */
    record Line(String side, String item, String detail) {
        static Line of(Comparison.Difference difference) {
            String side = switch (difference.side()) {
                case ONLY_SOURCE -> "only in the source";
                case ONLY_TARGET -> "only in the target";
                case BOTH -> "differs";
            };
            return new Line(side, difference.item(), difference.detail());
        }
    }
}
