package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.migration.spec.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResourcePricesTest {
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", "../.."));
    private static final Pattern TYPE = Pattern.compile("\\bAWS::[A-Za-z0-9]+::[A-Za-z0-9]++(?!::)");
    private static final ResourcePrices TABLE = new ResourcePrices();

    /** Whatever stands as a type in the planner's sources and tables, or in a blueprint, can be made on a target. */
    static Stream<String> types() {
        return Stream.of("functions/planning/src/main", "functions/blueprints/src/main")
                .flatMap(place -> texts(ROOT.resolve(place)))
                .flatMap(text -> TYPE.matcher(text).results().map(MatchResult::group))
                .collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll)
                .stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachTypeThatCanBeMadeHasAPriceOrAReasonForNone(String type) {
        assertThat(TABLE.way(type))
                .as("a row for %s in resource-prices.psv", type)
                .isPresent();
    }

    @Test
    void findsTheTypes() {
        assertThat(types()).contains("AWS::RDS::DBInstance", "AWS::EC2::NatGateway", "AWS::Route53::RecordSet");
    }

    static Stream<List<String>> rows() {
        return TABLE.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRowNamesAPriceOrSaysWhyThereIsNone(List<String> row) {
        if (List.of("free", "store", "task").contains(row.get(1))) {
            assertThat(row).hasSize(3);
            assertThat(row.get(2)).isNotBlank();
        } else {
            assertThat(row).hasSize(8);
            assertThat(new PriceFile().price(row.get(3), PriceFile.HOME)).isPresent();
            assertThat(row.subList(4, 7))
                    .allSatisfy(amount -> assertThat(new BigDecimal(amount)).isPositive());
        }
    }

    @Test
    void tellsWhatItDoesNotKnow() {
        CostLines lines = lines("AWS::QLDB::Ledger", "book");
        assertThat(lines.lines()).isEmpty();
        assertThat(lines.notPriced()).extracting(Cost.NotPriced::item).containsExactly("book (AWS::QLDB::Ledger)");
    }

    @Test
    void countsWhatIsThereTwice() {
        CostLines lines = new CostLines(PriceBook.ofFile(PriceFile.HOME));
        PlannedResource key = new PlannedResource("AWS::KMS::Key", "a", "");
        TABLE.add(List.of(key, key, key), Size.POC, lines);
        assertThat(lines.lines()).singleElement().satisfies(line -> {
            assertThat(line.quantity()).isEqualTo("3");
            assertThat(line.unitUsd()).isEqualByComparingTo("1");
            assertThat(line.monthlyUsd()).isEqualByComparingTo("3");
        });
    }

    @Test
    void paysHoursAllMonth() {
        assertThat(lines("AWS::EKS::Cluster", "shop").lines())
                .filteredOn(line -> line.item().equals("cluster"))
                .extracting(Cost.Line::monthlyUsd)
                .containsExactly(new BigDecimal("73.00"));
    }

    private static CostLines lines(String type, String name) {
        CostLines lines = new CostLines(PriceBook.ofFile(PriceFile.HOME));
        TABLE.add(List.of(new PlannedResource(type, name, "")), Size.POC, lines);
        return lines;
    }

    /** Of every file but the table that is tested. */
    private static Stream<String> texts(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("resource-prices.psv"))
                    .map(ResourcePricesTest::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
