package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Tables;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.Plan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {
    private static final String APP = """
            services:
              db: {image: "postgres:16", ports: ["5432:5432"]}
              web: {image: "shop/web:1", ports: ["80:3000"]}
              sender: {image: "shop/sender:1"}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "us-east-2", "us-west-2", "eu-west-1"})
    void pricesTheRegionsOfTheGuidesWithoutAWord(String region) {
        Cost cost = plan(region, "small").cost();
        assertThat(cost.region()).isEqualTo(region);
        assertThat(cost.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.region()).isEqualTo(region));
        assertThat(plan(region, "small").warnings())
                .extracting(Finding::subject)
                .doesNotContain("target.region");
    }

    @Test
    void saysThatARegionIsPricedAsAnother() {
        Plan plan = plan("ap-south-1", "poc");
        assertThat(plan.cost().region()).isEqualTo(PriceFile.HOME);
        assertThat(plan.cost().lines())
                .allSatisfy(line -> assertThat(line.region()).isEqualTo(PriceFile.HOME));
        assertThat(plan.cost().remarks()).anyMatch(remark -> remark.contains("no prices of ap-south-1"));
        assertThat(plan.warnings())
                .filteredOn(warning -> warning.subject().equals("target.region"))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("no prices of ap-south-1", "all lines", "us-east-1", "--prices aws");
        assertThat(plan.cost().monthlyUsd())
                .isEqualByComparingTo(plan(PriceFile.HOME, "poc").cost().monthlyUsd());
    }

    @Test
    void saysWhichLinesOfARegionArePricedAsAnothers() {
        PriceBook book = PriceBook.ofFile("eu-central-1");
        assertThat(book.of("alb.hour").region()).isEqualTo("eu-central-1");
        assertThat(book.of("amp.samples").region()).isEqualTo(PriceFile.HOME);
        assertThat(book.remarks()).singleElement().asString().contains("eu-central-1 for amp.samples");
    }

    @Test
    void takesTheFilesPricesForWhatTheSourceIsNotAskedFor() {
        PriceSource one = new PriceSource() {
            @Override
            public String name() {
                return "one price";
            }

            @Override
            public String asOf() {
                return "2026-11-22";
            }

            @Override
            public boolean holds(String region) {
                return true;
            }

            @Override
            public Optional<Price> price(String name, String region) {
                return name.equals("nat.gb")
                        ? Optional.of(new Price(new BigDecimal("0.07"), "GB", region))
                        : Optional.empty();
            }
        };
        PriceBook book = new PriceBook(one, new PriceFile(), "eu-west-1");
        assertThat(book.of("nat.gb").usd()).isEqualByComparingTo("0.07");
        assertThat(book.of("nat.hour").usd()).isEqualByComparingTo("0.048");
        assertThat(book.remarks()).singleElement().asString().contains("price file of 2026", "nat.hour");
    }

    @Test
    void tellsAnInstanceItHasNoPriceOf() {
        CostLines lines = new CostLines(PriceBook.ofFile(PriceFile.HOME));
        lines.database("db", "db.x9.huge", 1);
        assertThat(lines.lines()).isEmpty();
        assertThat(lines.notPriced()).singleElement().satisfies(missing -> {
            assertThat(missing.item()).isEqualTo("db");
            assertThat(missing.why()).contains("db.x9.huge");
        });
    }

    @Test
    void refusesANameThatItsOwnTablesMisspell() {
        PriceBook book = PriceBook.ofFile(PriceFile.HOME);
        assertThatThrownBy(() -> book.of("nat.hous")).hasMessageContaining("nat.hous");
    }

    static List<String> names() {
        return new PriceFile().names().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachPriceOfTheFileIsANumberWithAUnitAndASource(String name) {
        Price price = new PriceFile().price(name, PriceFile.HOME).orElseThrow();
        assertThat(price.usd()).isNotNegative();
        assertThat(price.unit()).isNotBlank();
        List<String> row = Tables.rows(PriceBookTest.class, "prices.psv").stream()
                .filter(cells -> cells.getFirst().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("two rows of " + name);
                })
                .orElseThrow();
        assertThat(row).hasSize(8);
        assertThat(row.getLast()).matches("(L|B|P|R).*");
    }

    private static Plan plan(String region, String size) {
        return Planned.plan(APP, Planned.TRAFFIC + "target: {region: " + region + ", size: " + size + "}");
    }
}
