package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.plan.RunCost;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Strategy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reckons how long a run takes and what it costs, from the sizes of the stores and what was measured. */
final class RunPlanner {
    private static final BigDecimal BYTES_A_MB = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal SECONDS_AN_HOUR = BigDecimal.valueOf(3_600);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final int TRANSITIONS_A_POLL = 3;
    private static final String DEPLOY = "Deploy services";

    /** What is done with all that the stores hold. */
    private enum Pass {
        SNAPSHOT("Snapshot source", "copy"),
        COPY("Restore stores", "copy"),
        FOLLOW("Follow source", "copy"),
        COMPARE("Verify", "compare"),
        TURN("Turn the stores", "compare"),
        COMPARE_AGAIN("Prove it once more", "compare");

        private final String step;
        private final String verb;

        Pass(String step, String verb) {
            this.step = step;
            this.verb = verb;
        }
    }

    private final CostLines prices;
    private final PriceBook book;
    private final RunFigures figures;
    private final Set<String> assumptions = new LinkedHashSet<>();
    private final List<RunCost.Step> steps = new ArrayList<>();
    private final List<RunCost.Line> lines = new ArrayList<>();
    private BigDecimal workerSeconds = BigDecimal.ZERO;

    RunPlanner(PriceBook book, RunFigures figures) {
        this.book = book;
        this.figures = figures;
        this.prices = new CostLines(book);
    }

    RunCost plan(Spec spec, List<PlannedStore> stores, List<PlannedService> services, PlannedTraffic traffic) {
        List<PlannedStore> moved =
                stores.stream().filter(store -> store.role() != StoreRole.LEAVE).toList();
        steps(spec, moved, services, traffic);
        lines(spec, moved, services.isEmpty() ? 0 : traffic.weights().size());
        if (spec.strategy().filter(Strategy.COMPUTE_FIRST::equals).isPresent()) {
            forerunners(services);
        }
        return new RunCost(
                lines.stream().map(RunCost.Line::usd).reduce(BigDecimal.ZERO, BigDecimal::add),
                steps.stream().mapToLong(RunCost.Step::seconds).sum(),
                steps,
                lines,
                List.copyOf(assumptions));
    }

    private void steps(Spec spec, List<PlannedStore> stores, List<PlannedService> services, PlannedTraffic traffic) {
        Strategy strategy = spec.strategy().orElse(Strategy.FREEZE);
        fixed("Provision target", "provision.seconds");
        work(Pass.SNAPSHOT, spec, stores);
        if (strategy == Strategy.FREEZE) {
            work(Pass.COPY, spec, stores);
            work(Pass.COMPARE, spec, stores);
        } else {
            work(Pass.FOLLOW, spec, stores);
        }
        if (!services.isEmpty()) {
            fixed(DEPLOY, "deploy.seconds");
        }
        if (!services.isEmpty() && strategy != Strategy.SWITCH) {
            bake("Shift weights", traffic.weights().size(), traffic);
        }
        if (strategy == Strategy.FREEZE) {
            work(Pass.COMPARE_AGAIN, spec, stores);
            fixed("Cut over", "cutover.seconds");
            return;
        }
        // Most of it is the comparison beforehand, while the app goes on.
        work(Pass.TURN, spec, stores);
        if (!services.isEmpty()) {
            bake("Switch traffic", 1, traffic);
        }
    }

    private void bake(String step, int weights, PlannedTraffic traffic) {
        steps.add(new RunCost.Step(
                step,
                weights * traffic.everySeconds(),
                (weights == 1 ? "a weight" : weights + " weights") + " of " + traffic.everySeconds() + " s"));
    }

    private void fixed(String step, String figure) {
        assume(figure);
        steps.add(new RunCost.Step(step, figures.of(figure).longValueExact(), figures.basis(figure)));
    }

    /** Each store has workers of its own, side by side: the slowest is waited for, all are paid. */
    private void work(Pass pass, Spec spec, List<PlannedStore> stores) {
        long longest = 0;
        String basis = "no store";
        for (PlannedStore store : stores) {
            StoreSize size = size(store, spec);
            int workers = pass == Pass.COPY ? workers(store) : 1;
            BigDecimal speed = speed(store, pass, workers);
            long seconds = BigDecimal.valueOf(size.bytes())
                    .divide(BYTES_A_MB)
                    .divide(speed, 0, RoundingMode.CEILING)
                    .add(figures.of("worker.seconds"))
                    .longValueExact();
            workerSeconds = workerSeconds.add(BigDecimal.valueOf(seconds * workers));
            if (seconds > longest) {
                longest = seconds;
                basis = store.name() + ": " + size.inWords() + " at " + speed.toPlainString()
                        + " MB/s, and the start of a worker";
            }
        }
        steps.add(new RunCost.Step(pass.step, longest, basis));
    }

    /** A Redis has one thread, whoever asks it. */
    private static int workers(PlannedStore store) {
        return store.kind() == StoreKind.REDIS ? 1 : store.pace().workers();
    }

    private StoreSize size(PlannedStore store, Spec spec) {
        StoreSize size = StoreSize.of(store, spec);
        if (!size.said()) {
            assumptions.add(store.name() + " holds " + size.inWords() + ": assumed from the target's size; 'stores."
                    + store.name() + ".size' in slipway.yaml says better");
        }
        return size;
    }

    /** In MB/s: what was measured of one worker, as often as there are, but no more than the line carries. */
    private BigDecimal speed(PlannedStore store, Pass pass, int workers) {
        String figure = store.kind().name().toLowerCase(Locale.ROOT) + "." + pass.verb;
        assume(figure);
        assume("line");
        if (workers > 1) {
            assumptions.add(store.name() + ": " + workers + " workers are taken to be as many times as fast as one");
        }
        BigDecimal speed =
                figures.of(figure).multiply(BigDecimal.valueOf(workers)).min(figures.of("line"));
        return pass == Pass.COPY || pass == Pass.FOLLOW ? bounded(store, speed) : speed;
    }

    /** The plan's rate bounds a copy; it does not bound a snapshot or a comparison. */
    private static BigDecimal bounded(PlannedStore store, BigDecimal speed) {
        long allowed = store.pace().bytesPerSecond();
        return allowed == 0
                ? speed
                : speed.min(BigDecimal.valueOf(allowed)
                        .divide(BYTES_A_MB, 3, RoundingMode.UP)
                        .stripTrailingZeros());
    }

    private void assume(String figure) {
        if (figures.isAssumed(figure)) {
            assumptions.add(figure + ": " + figures.basis(figure));
        }
    }

    private void lines(Spec spec, List<PlannedStore> stores, int weights) {
        BigDecimal hours = workerSeconds.divide(SECONDS_AN_HOUR, 2, RoundingMode.UP);
        Price worker = prices.taskHour(
                figures.of("worker.vcpu").multiply(BigDecimal.valueOf(1024)),
                figures.of("worker.gb").multiply(BigDecimal.valueOf(1024)));
        String size = figures.of("worker.vcpu") + " vCPU, " + figures.of("worker.gb") + " GB";
        line(CostLines.FARGATE, "workers", hours + " h of " + size, worker.usd().multiply(hours));

        BigDecimal gb =
                stores.stream().map(store -> StoreSize.of(store, spec).gb()).reduce(BigDecimal.ZERO, BigDecimal::add);
        line(
                "Amazon VPC",
                "data from the old side through a NAT gateway, by snapshot and copy",
                "2 × " + gb.toPlainString() + " GB",
                book.of("nat.gb").usd().multiply(gb).multiply(BigDecimal.TWO));
        line(
                "Amazon S3",
                "snapshots, for a month",
                gb.toPlainString() + " GB",
                book.of("s3.gb").usd().multiply(gb));

        BigDecimal transitions = transitions(stores.size(), weights);
        line(
                "AWS Step Functions",
                "transitions",
                "about " + transitions.toPlainString(),
                book.of("sfn.transition").usd().multiply(transitions).divide(THOUSAND));
        assume("lambda.seconds");
        BigDecimal seconds = transitions.multiply(figures.of("lambda.seconds")).divide(BigDecimal.TWO);
        line(
                "AWS Lambda",
                "functions",
                "about " + seconds.toPlainString() + " GB-seconds",
                book.of("lambda.gb-second").usd().multiply(seconds).divide(THOUSAND));
    }

    /** Until the writes have come over, what listens runs twice. */
    private void forerunners(List<PlannedService> services) {
        BigDecimal seconds = steps.stream()
                .dropWhile(step -> !step.name().equals(DEPLOY))
                .map(step -> BigDecimal.valueOf(step.seconds()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal hours = seconds.divide(SECONDS_AN_HOUR, 2, RoundingMode.UP);
        List<PlannedService> doubled =
                services.stream().filter(service -> service.port().isPresent()).toList();
        BigDecimal anHour = doubled.stream()
                .map(service -> prices.taskHour(
                                BigDecimal.valueOf(service.cpu()), BigDecimal.valueOf(service.memoryMib()))
                        .usd()
                        .multiply(BigDecimal.valueOf(service.count())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        int tasks = doubled.stream().mapToInt(PlannedService::count).sum();
        line(
                CostLines.FARGATE,
                "services that run twice",
                hours + " h of " + tasks + (tasks == 1 ? " task" : " tasks"),
                anHour.multiply(hours));
    }

    private BigDecimal transitions(int stores, int weights) {
        BigDecimal polled = figures.of("provision.seconds");
        if (weights > 0) {
            polled = polled.add(figures.of("deploy.seconds"));
        }
        return figures.of("transitions.run")
                .add(figures.of("transitions.store").multiply(BigDecimal.valueOf(stores)))
                .add(figures.of("transitions.weight").multiply(BigDecimal.valueOf(weights)))
                .add(polled.divide(figures.of("poll.seconds"), 0, RoundingMode.UP)
                        .multiply(BigDecimal.valueOf(TRANSITIONS_A_POLL)));
    }

    private void line(String service, String item, String quantity, BigDecimal usd) {
        lines.add(new RunCost.Line(service, item, quantity, usd.setScale(2, RoundingMode.HALF_UP)));
    }
}
