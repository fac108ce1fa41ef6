package dev.slipway.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What whoever answers for the app asks first, and what the attempt's records say to it. */
record Answer(String question, Badge badge, String text) {
    private static final int NAMED = 5;

    static List<Answer> of(Report report) {
        return Stream.of(proof(report), pause(report), users(report), wayBack(report), cost(report))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Answer> proof(Report report) {
        if (report.stores().isEmpty()) {
            return Optional.empty();
        }
        List<String> open = report.stores().stream()
                .flatMap(store -> unproven(store).stream())
                .toList();
        return Optional.of(open.isEmpty() ? proven(report) : notProven(open));
    }

    private static Answer proven(Report report) {
        String last = report.stores().stream()
                .flatMap(store -> store.compare().stream())
                .map(CompareReport::at)
                .max(Comparator.naturalOrder())
                .map(at -> ", the last time at " + Page.time(at))
                .orElse("");
        return new Answer(
                "Is the data proven?",
                new Badge("Yes", Badge.GOOD),
                "Every row, key and file was compared by content, in both directions, and is the same on both sides"
                        + last + ".");
    }

    private static Answer notProven(List<String> open) {
        String more = open.size() > NAMED ? "; and " + (open.size() - NAMED) + " more, see the stores below" : "";
        String named = open.stream().limit(NAMED).collect(Collectors.joining("; "));
        return new Answer("Is the data proven?", new Badge("No", Badge.BAD), named + more + ".");
    }

    private static Optional<String> unproven(StoreReport store) {
        return store.compare()
                .map(compare -> switch (compare.outcome()) {
                    case SAME -> Optional.<String>empty();
                    case DIFFERENT ->
                        Optional.of(store.name() + " differs"
                                + compare.differing()
                                        .map(it -> " in " + Units.items(store.kind(), it))
                                        .orElse(""));
                    case UNKNOWN -> Optional.of(store.name() + " could not be compared to its end");
                })
                .orElseGet(() -> Optional.of(store.name() + " was not compared"));
    }

    private static Optional<Answer> pause(Report report) {
        return WritePause.of(report).map(pause -> {
            String refused = refusals(report)
                    .map(it -> "; " + Units.count(it) + (it == 1 ? " write was" : " writes were") + " refused")
                    .orElse("");
            String text = pause.to()
                    .map(end -> "From " + Page.time(pause.from()) + ", " + pause.until() + " at " + Page.time(end))
                    .orElseGet(() -> "Since " + Page.time(pause.from()) + "; no end was recorded");
            return new Answer(
                    "How long could nobody write?",
                    new Badge(pause.lasted().map(Units::duration).orElse("Not known"), Badge.PLAIN),
                    text + refused + ". Reads went on.");
        });
    }

    /** What the visitors met, or else what the gates counted on the new side. */
    private static Optional<Long> refusals(Report report) {
        return report.traffic().isEmpty()
                ? report.shift().stream()
                        .flatMap(step -> step.readOnlyRefusals().stream())
                        .reduce(Long::max)
                : Optional.of(report.traffic().stream()
                        .mapToLong(TrafficSecond::refusals)
                        .sum());
    }

    private static Optional<Answer> users(Report report) {
        if (report.traffic().isEmpty()) {
            return Optional.empty();
        }
        long failed = report.traffic().stream().mapToLong(TrafficSecond::errors).sum();
        return Optional.of(new Answer(
                "Did requests fail?",
                failed == 0 ? new Badge("No", Badge.GOOD) : new Badge("Yes", Badge.BAD),
                Units.count(failed) + " of " + Units.count(TrafficSecond.requests(report.traffic()))
                        + " requests that were watched were answered with a server error."));
    }

    private static Optional<Answer> wayBack(Report report) {
        String question = "Can we go back?";
        return Optional.of(
                switch (report.outcome()) {
                    case COMPLETE ->
                        new Answer(
                                question,
                                new Badge("Not without loss", Badge.FAIR),
                                "The target takes writes"
                                        + WritePause.of(report)
                                                .flatMap(WritePause::to)
                                                .map(Page::time)
                                                .map(it -> " since " + it)
                                                .orElse("")
                                        + ", and none of them flows back. The source stands read-only as it was at the cutover"
                                        + safetyCopies(report) + ".");
                    case ROLLED_BACK ->
                        new Answer(
                                question,
                                new Badge("It went back", Badge.GOOD),
                                "The app runs on the source as before. Once the cause is removed, the migration can be started again.");
                    case FAILED ->
                        new Answer(
                                question,
                                new Badge("Not known", Badge.BAD),
                                "Look which side takes the app’s writes; then run the rollback again.");
                });
    }

    private static String safetyCopies(Report report) {
        Optional<Instant> fence = WritePause.of(report).map(WritePause::from);
        boolean all = report.stores().stream().allMatch(it -> it.snapshot().isPresent());
        return all && fence.isPresent() ? ", and each store has a safety copy from before" : "";
    }

    private static Optional<Answer> cost(Report report) {
        return report.price().map(price -> {
            List<String> sentences = new ArrayList<>();
            sentences.add("Reckoned for " + price.region() + " with prices of " + price.pricesAsOf()
                    + ", without traffic and discounts.");
            sentences.add(
                    switch (report.outcome()) {
                        case COMPLETE -> "The old servers cost what they did until they are switched off.";
                        case ROLLED_BACK, FAILED ->
                            report.leftovers().isEmpty()
                                    ? "Nothing of it is left."
                                    : "What is left of the target costs part of it, until it is removed.";
                    });
            return new Answer(
                    "What does the target cost?",
                    new Badge("About " + usd(price.monthlyUsd()) + " USD a month", Badge.PLAIN),
                    sentences.stream().collect(Collectors.joining(" ")));
        });
    }

    private static String usd(BigDecimal amount) {
        return Units.count(amount.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
}
