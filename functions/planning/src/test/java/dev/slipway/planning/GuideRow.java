package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.spec.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A row of a guide's cost table, priced as the guide specifies it. Its figure and ours stand side by side in docs/prices.md.
 *
 * @param name as the guide and the document have it
 */
record GuideRow(String name, BigDecimal usd) {
    /** What a figure of a guide may be wrong by without a word about it. */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.25");

    private static final Path DOC = Path.of(System.getProperty("slipway.root", "../.."), "docs", "prices.md");

    static GuideRow of(String name, String region, Consumer<CostLines> things) {
        CostLines lines = new CostLines(PriceBook.ofFile(region));
        things.accept(lines);
        assertThat(lines.notPriced()).isEmpty();
        assertThat(lines.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.region())
                        .as("the region of the price of %s", line.item())
                        .isEqualTo(region));
        return new GuideRow(name, sum(lines.lines().stream().map(Cost.Line::monthlyUsd)));
    }

    /** What a guide's table does not have, by the types and numbers of what is made. */
    static GuideRow forgotten(String name, String region, Size size, String... types) {
        List<PlannedResource> resources = Stream.of(types)
                .map(type -> new PlannedResource(type, type, ""))
                .toList();
        return of(name, region, lines -> new ResourcePrices().add(resources, size, lines));
    }

    static GuideRow total(String name, List<GuideRow> rows) {
        return new GuideRow(name, sum(rows.stream().map(GuideRow::usd)));
    }

    /** Ours is at most a quarter beside the guide's. */
    void isAbout(String guide) {
        assertThat(apart(guide))
                .as("%s: %s for the guide's %s", name, usd, guide)
                .isLessThanOrEqualTo(TOLERANCE);
        isInDocument("$" + guide, "");
    }

    /** Ours is more than a quarter beside the guide's, and this is why: the explanation goes when it is not needed any more. */
    void isBesideBecause(String guide, String why) {
        assertThat(why).isNotBlank();
        assertThat(apart(guide))
                .as("%s: %s for the guide's %s", name, usd, guide)
                .isGreaterThan(TOLERANCE);
        isInDocument("$" + guide, why);
    }

    /** The guide has no figure for it. */
    void isMissing() {
        isInDocument("—", "");
    }

    private void isInDocument(String guide, String why) {
        String row = "| " + name + " | " + guide + " | $" + usd + " | " + why + (why.isEmpty() ? "|" : " |");
        try {
            assertThat(Files.readString(DOC).lines()).contains(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BigDecimal apart(String guide) {
        BigDecimal figure = new BigDecimal(guide.replace(",", ""));
        return figure.signum() == 0 ? usd : usd.subtract(figure).abs().divide(figure, 4, RoundingMode.HALF_UP);
    }

    private static BigDecimal sum(Stream<BigDecimal> figures) {
        return figures.reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
