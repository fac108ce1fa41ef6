package dev.slipway.report;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Finding;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.StoreKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reports as they lie beside the tests; {@code main} prints one as HTML, to look at. */
final class Examples {
    static final String HOSTILE = "<script>alert('x')</script>\"&";
    static final int HOSTILE_TEXTS = 32;
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private Examples() {}

    public static void main(String... names) {
        System.out.print(ReportHtml.render(report(names[0])));
    }

    static Report report(String name) {
        try {
            return ReportJson.read(json(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String json(String name) {
        try (InputStream stream = Objects.requireNonNull(Examples.class.getResourceAsStream(name + ".json"), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Report empty() {
        return new Report(
                "shop",
                1,
                Optional.empty(),
                Report.Outcome.FAILED,
                Optional.empty(),
                START,
                START,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A report in which each text is told apart by a number and would do harm if it were not escaped. */
    static Report hostile() {
        Comparison.Difference difference = new Comparison.Difference(Comparison.Side.BOTH, hostile(1), hostile(2));
        StoreReport store = new StoreReport(
                hostile(3),
                StoreKind.REDIS,
                hostile(4),
                Optional.of(hostile(5)),
                Optional.of(new StoreReport.Snapshot(1, 1, 1, hostile(6), Optional.empty())),
                Optional.of(new StoreReport.Fence(START, Optional.empty(), Optional.empty())),
                Optional.of(new CopyReport(
                        CopyReport.Outcome.STOPPED,
                        Optional.of(1L),
                        Optional.of(1L),
                        1,
                        2,
                        Optional.of(hostile(7)),
                        Optional.of(new ShardsReport(2, List.of(new ShardsReport.Shard(hostile(8), 1, 1, 1, 1)))),
                        List.of(Finding.warning(hostile(9), hostile(10))))),
                Optional.of(new CompareReport(
                        CompareReport.Outcome.DIFFERENT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(hostile(11)),
                        Optional.of(2L),
                        List.of(difference),
                        Optional.of(hostile(12)),
                        1,
                        START)));
        return new Report(
                hostile(13),
                1,
                Optional.of(hostile(14)),
                Report.Outcome.FAILED,
                Optional.of(new Report.Failure(hostile(15), hostile(16), hostile(17))),
                START,
                START.plusSeconds(5),
                List.of(StateVisit.open(hostile(18), START, 1)),
                List.of(store),
                List.of(unmeasured(hostile(19))),
                List.of(),
                List.of(new Report.Leftover(hostile(20), hostile(21), hostile(22), hostile(23))),
                List.of(Finding.warning(hostile(24), hostile(25))),
                Optional.of(new Report.Price(new BigDecimal("113.92"), hostile(26), hostile(27))),
                Optional.of(new ProvisionReport(
                        hostile(28),
                        List.of(new ProvisionReport.Change(hostile(29), hostile(30), ProvisionReport.Action.ADD)),
                        ProvisionReport.Ending.DONE,
                        List.of(new ProvisionReport.Time(hostile(31), hostile(32), 1)))));
    }

    private static WeightStep unmeasured(String reason) {
        return new WeightStep(
                START,
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ShiftDecision.Decision.STOP,
                reason);
    }

    static Report ofUncomparedStores(int stores) {
        return new Report(
                "shop",
                1,
                Optional.empty(),
                Report.Outcome.ROLLED_BACK,
                Optional.empty(),
                START,
                START.plusSeconds(5),
                List.of(),
                IntStream.range(0, stores)
                        .mapToObj(it -> StoreReport.untouched("store-" + it, StoreKind.REDIS, "redis://h/" + it))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static String hostile(int number) {
        return "hostile-" + number + HOSTILE;
    }
}
