package dev.slipway.postgres.inspect;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Traps of a kind together: one finding, whose subjects are named in full besides. */
final class Traps {
    private final Map<Trap.Kind, SortedSet<String>> subjects = new LinkedHashMap<>();

    public void add(Trap trap) {
        subjects.computeIfAbsent(trap.kind(), _ -> new TreeSet<>()).add(trap.subject());
    }

    void addAll(List<Trap> traps) {
        traps.forEach(this::add);
    }

    /** What stops the run stands first. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(of(Severity.BLOCKER));
        findings.addAll(of(Severity.WARNING));
        return findings;
    }

    private List<Finding> of(Severity severity) {
        return subjects.entrySet().stream()
                .filter(entry -> entry.getKey().severity() == severity)
                .map(entry -> entry.getKey().of(List.copyOf(entry.getValue())))
                .toList();
    }

    /** All subjects of each finding that counts several of them. */
    Map<String, List<String>> counted() {
        Map<String, List<String>> counted = new LinkedHashMap<>();
        subjects.forEach((kind, all) -> {
            if (all.size() > 1) {
                counted.put(kind.title(all.size()), List.copyOf(all));
            }
        });
        return counted;
    }
}
