package dev.slipway.local.sample;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/** The rows that a preschool writes day by day: news, messages, money and its logs. */
final class SampleRecords {
    static final LocalDateTime OPENING = LocalDateTime.of(2025, 9, 1, 7, 30);
    private static final List<String> LABELS = List.of("{}", "{{place,garden},{mood,glad}}", "{{a,NULL}}");
    private static final List<Double> EDGES =
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 0.1 + 0.2);

    private final SampleSizes sizes;

    SampleRecords(SampleSizes sizes) {
        this.sizes = sizes;
    }

    void announcement(long row, Draw draw, CopyText text) throws IOException {
        String original = "{ \"b\":1, \"a\" : [ " + row + " ],\"a\":\"kept twice, spaces too\" }";
        text.row(
                row + 1,
                row % sizes.schools() + 1,
                draw.phrase(5),
                draw.phrase(draw.onceIn(50) ? 900 : 60),
                original,
                draw.onceIn(7) ? null : draw.onceIn(50) ? "infinity" : moment(row, draw));
    }

    void message(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                row % sizes.parents() + 1,
                draw.onceIn(5) ? "auth" : "communication",
                draw.phrase(36 + draw.below(36)),
                draw.onceIn(3) ? "{urgent,\"two words\"}" : "{}",
                draw.onceIn(4) ? "[{\"name\": \"" + row + ".jpg\", \"bytes\": " + draw.below(99_999) + "}]" : "[]",
                moment(row, draw) + "." + draw.below(999_999) + "+00",
                draw.onceIn(2) ? null : moment(row + 1, draw) + "+00");
    }

    void mediaItem(long row, Draw draw, CopyText text) throws IOException {
        Long child = draw.onceIn(10) ? null : row % sizes.children() + 1;
        text.row(row + 1, child, "photos/" + row + ".jpg", draw.below(1 << 20), draw.bytes(32), draw.of(LABELS));
    }

    void fee(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                row % sizes.children() + 1,
                money(draw),
                OPENING.toLocalDate().plusDays(draw.below(365)));
    }

    void payment(long row, Draw draw, CopyText text) throws IOException {
        String paid = draw.onceIn(500) ? "NaN" : money(draw) + (draw.onceIn(9) ? "0000" : "");
        text.row(
                100_000 + 7 * row,
                draw.below((int) sizes.fees()) + 1,
                paid,
                draw.onceIn(3) ? "card" : "bank transfer",
                moment(row, draw) + "+05:30");
    }

    void auditEntry(long row, Draw draw, CopyText text) throws IOException {
        String detail = "{\"row\": " + row + ", \"before\": null, \"after\": {\"value\": \"" + draw.uuid()
                + "\", \"tags\": [1, 2.50, true, \"naïve ☕\"]}, \"agent\": \"Preschool/4.1 (phone; build "
                + draw.below(9_999) + ")\"}";
        text.row(
                row + 1,
                draw.onceIn(6) ? null : draw.uuid(),
                draw.onceIn(3)
                        ? "2001:db8::" + Integer.toHexString(draw.below(65_535))
                        : "10.1." + draw.below(256) + ".7",
                draw.onceIn(2) ? "update" : "read",
                detail,
                moment(row, draw) + "+00");
    }

    void signIn(long row, Draw draw, CopyText text) throws IOException {
        text.row(draw.below((int) sizes.parents()) + 1, draw.onceIn(3) ? null : "phone", OPENING.plusMinutes(row / 10));
    }

    void reading(long row, Draw draw, CopyText text) throws IOException {
        Double edge = row < EDGES.size() ? EDGES.get((int) row) : null;
        text.row(row + 1, edge == null ? draw.fraction() * 40 : edge, draw.onceIn(8) ? null : draw.below(120) / 8f);
    }

    void dish(long row, Draw draw, CopyText text) throws IOException {
        text.row(row / 5, "day " + row % 5, draw.phrase(3), draw.onceIn(3) ? null : draw.onceIn(2));
    }

    static LocalDateTime moment(long row, Draw draw) {
        return OPENING.plusSeconds(row * 90 % 20_000_000 + draw.below(80));
    }

    private static String money(Draw draw) {
        return String.format(Locale.ROOT, "%d.%02d", draw.below(4_000), draw.below(100));
    }
}
