package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.RunCost;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunPlannerTest {
    private static final String APP = """
            services:
              db: {image: "postgres:16", ports: ["5432:5432"]}
              cache: {image: "redis:7.0", ports: ["6379:6379"]}
              web: {image: "shop/web:1", ports: ["80:3000"]}
            """;

    @Test
    void addsUpItsStepsAndLines() {
        RunCost run = run("");
        assertThat(run.steps().stream().mapToLong(RunCost.Step::seconds).sum()).isEqualTo(run.seconds());
        assertThat(run.lines().stream().map(RunCost.Line::usd).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(run.usd());
        assertThat(run.steps())
                .extracting(RunCost.Step::name)
                .containsExactly(
                        "Provision target",
                        "Snapshot source",
                        "Restore stores",
                        "Verify",
                        "Deploy services",
                        "Shift weights",
                        "Prove it once more",
                        "Cut over");
    }

    @Test
    void waitsForTheSlowestStoreAndPaysEachWorker() {
        RunCost run = run("stores: {db: {size: 26MB}, cache: {size: 34GB}}");
        assertThat(step(run, "Restore stores").seconds()).isEqualTo(60 + 1_074);
        assertThat(step(run, "Restore stores").basis()).contains("cache: 36.5 GB at 34 MB/s");
    }

    @Test
    void takesTheSizeThatIsSaidAndSaysWhatItTakesElse() {
        RunCost said = run("stores: {db: {size: 2GB}, cache: {size: 1GB}}");
        assertThat(said.assumptions()).noneMatch(text -> text.contains("assumed from the target's size"));
        assertThat(run("").assumptions())
                .contains(
                        "db holds 20 GB: assumed from the target's size; 'stores.db.size' in slipway.yaml says better");
    }

    @Test
    void keepsToTheRateThatThePlanAllowsACopy() {
        RunCost run = run("stores: {db: {size: 1GB, rate: 1MB}, cache: {size: 1MB}}");
        assertThat(step(run, "Restore stores").seconds()).isEqualTo(60 + 1_024);
        assertThat(step(run, "Snapshot source").seconds()).isEqualTo(60 + 42);
    }

    @Test
    void copiesBySeveralWorkersAsFarAsTheLineGoes() {
        String two = "stores: {db: {size: 26GB, workers: 2}, cache: {size: 1MB, workers: 8}}";
        assertThat(step(run(two), "Restore stores").basis()).contains("db: 27.9 GB at 52 MB/s");
        assertThat(step(run(two), "Snapshot source").basis()).contains("at 26 MB/s");
        assertThat(run(two).assumptions()).anyMatch(text -> text.startsWith("db: 2 workers are taken"));
        assertThat(step(run("stores: {db: {size: 26GB, workers: 32}, cache: {size: 1MB}}"), "Restore stores")
                        .basis())
                .contains("at 125 MB/s");
    }

    @Test
    void shiftsAsLongAsItsWeightsAreBaked() {
        Plan plan = Planned.plan(APP, "strategy: freeze\ntraffic: {zone: a.b, record: a.b, by: 25, every: 10m}");
        assertThat(step(plan.cost().run(), "Shift weights").seconds()).isEqualTo(4 * 600);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "switch|Follow source, Deploy services, Turn the stores, Switch traffic",
                "compute-first|Follow source, Deploy services, Shift weights, Turn the stores, Switch traffic"
            })
    void hasTheStepsOfItsStrategy(String strategy, String steps) {
        RunCost run = Planned.plan(APP, Planned.TRAFFIC + "strategy: " + strategy)
                .cost()
                .run();
        assertThat(run.steps())
                .extracting(RunCost.Step::name)
                .containsExactlyElementsOf(List.of(("Provision target, Snapshot source, " + steps).split(", ")));
    }

    @Test
    void paysTwiceForWhatRunsTwice() {
        RunCost run = Planned.plan(APP, Planned.TRAFFIC + "strategy: compute-first")
                .cost()
                .run();
        assertThat(run.lines())
                .filteredOn(line -> line.item().equals("services that run twice"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.quantity()).matches("[0-9.]+ h of [0-9]+ tasks?");
                    assertThat(line.usd()).isPositive();
                });
        assertThat(Planned.plan(APP, Planned.TRAFFIC + "strategy: switch")
                        .cost()
                        .run()
                        .lines())
                .noneMatch(line -> line.item().equals("services that run twice"));
    }

    @Test
    void leavesOutWhatAMoveOfStoresOnlyHasNot() {
        RunCost run = Planned.plan(APP, "target: {compute: none}").cost().run();
        assertThat(run.steps()).extracting(RunCost.Step::name).doesNotContain("Deploy services", "Shift weights");
    }

    @Test
    void doesNotCountAStoreThatStays() {
        assertThat(run("stores: {db: {role: leave}, cache: {size: 1MB}}").seconds())
                .isLessThan(run("stores: {cache: {size: 1MB}}").seconds());
    }

    @Test
    void givesADatabaseRoomForWhatIsInIt() {
        Plan plan = Planned.plan(APP, Planned.TRAFFIC + "stores: {db: {size: 300GB}}");
        assertThat(plan.store("db").orElseThrow().storageGb()).isEqualTo(450);
        assertThat(Planned.plan(APP, Planned.TRAFFIC + "stores: {db: {size: 900TB}}")
                        .store("db")
                        .orElseThrow()
                        .storageGb())
                .isEqualTo(65_536);
    }

    @ParameterizedTest
    @CsvSource({
        "poc, 100MB, cache.t4g.micro",
        "poc, 800MB, cache.t4g.small",
        "poc, 900MB, cache.t4g.medium",
        "poc, 2GB, cache.r7g.large",
        "small, 100MB, cache.t4g.small",
        "medium, 1GB, cache.r7g.large",
        "medium, 12GB, cache.r7g.xlarge",
        "medium, 900GB, cache.r7g.2xlarge"
    })
    void givesACacheRoomForWhatIsInIt(String size, String bytes, String node) {
        Plan plan = Planned.plan(
                APP, Planned.TRAFFIC + "target: {size: " + size + "}\nstores: {cache: {size: " + bytes + "}}");
        assertThat(plan.store("cache").orElseThrow().instance()).isEqualTo(node);
        assertThat(plan.cost().notPriced()).isEmpty();
    }

    /** So that the figures move when the benchmark's do. */
    @ParameterizedTest
    @CsvSource({
        "postgres.copy, 270, 10.29, documents | 10.48",
        "postgres.compare, 270, 2.28, documents | 1.94",
        "redis.copy, 250, 7.3, slipway copy` | 7.3",
        "redis.compare, 250, 44.6, took 44.6 s",
        "objects.copy, 2400, 15.6, slipway copy` | 15.6"
    })
    void takesTheSpeedsOfTheBenchmarks(String figure, double mb, double seconds, String row) throws Exception {
        assertThat(new RunFigures().of(figure).doubleValue()).isBetween(mb / seconds * 0.95, mb / seconds);
        String bench = Files.readString(Path.of("..", "..", "bench", "README.md"));
        assertThat(bench).contains(row).contains(Double.toString(seconds));
    }

    static List<String> figures() {
        return new RunFigures().names();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void eachFigureHasASourceAndADate(String figure) {
        assertThat(new RunFigures().basis(figure))
                .matches(".+ \\((assumed: |bench/|docs/|template|statemachine/).+, \\d{4}-\\d\\d-\\d\\d\\)");
    }

    private static RunCost run(String spec) {
        return Planned.plan(APP, Planned.TRAFFIC + "strategy: freeze\n" + spec)
                .cost()
                .run();
    }

    private static RunCost.Step step(RunCost run, String name) {
        return run.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
