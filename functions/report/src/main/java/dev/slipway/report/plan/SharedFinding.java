package dev.slipway.report.plan;

import dev.slipway.migration.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found of several subjects in the same words, told once. */
public record SharedFinding(List<String> subjects, String message) {
    public SharedFinding {
        subjects = List.copyOf(subjects);
    }

    /** In the order in which each was found first. */
    public static List<SharedFinding> of(List<Finding> findings) {
        Map<String, List<String>> subjects = new LinkedHashMap<>();
        findings.forEach(finding -> subjects.computeIfAbsent(finding.message(), any -> new ArrayList<>())
                .add(finding.subject()));
        return subjects.entrySet().stream()
                .map(entry -> new SharedFinding(entry.getValue(), entry.getKey()))
                .toList();
    }

    /** E.g. {@code service web}, {@code services web, api and 3 more}. */
    public String subject(int most) {
        String kind = kind(subjects.getFirst());
        boolean ofOneKind = !kind.isEmpty()
                && subjects.size() > 1
                && subjects.stream().allMatch(subject -> kind(subject).equals(kind));
        return ofOneKind
                ? kind + "s "
                        + Words.some(
                                subjects.stream()
                                        .map(subject -> subject.substring(kind.length() + 1))
                                        .toList(),
                                most)
                : Words.some(subjects, most);
    }

    private static String kind(String subject) {
        return subject.matches("(service|store|job) .+") ? subject.substring(0, subject.indexOf(' ')) : "";
    }
}
