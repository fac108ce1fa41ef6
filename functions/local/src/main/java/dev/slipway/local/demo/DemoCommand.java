package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.LocalRun;
import dev.slipway.local.LocalSettings;
import dev.slipway.local.Pipeline;
import dev.slipway.local.RunFolder;
import dev.slipway.local.sample.SampleData;
import dev.slipway.local.terminal.Event;
import dev.slipway.local.terminal.Terminal;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.worker.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A whole migration on this machine. */
@Command(
        name = "demo",
        description =
                "A whole migration on this machine: real Postgres, Redis and files or objects, the real template and machine.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String SAMPLE = "crp-preschool";
    private static final int HEARTBEAT_SECONDS = 8;
    private static final int BAKE_SECONDS = 2;

    @Parameters(
            paramLabel = "APP",
            arity = "0..1",
            defaultValue = SAMPLE,
            description = "The app: crp-preschool or smartboard (default: ${DEFAULT-VALUE}).")
    private String app = SAMPLE;

    @Option(
            names = "--keep",
            description = "Leave everything running until Ctrl-C, for a look around and executions by hand.")
    private boolean keep;

    @Option(
            names = "--break",
            paramLabel = "KIND",
            description = "Break something: copy, verify, target-errors, provision, worker-killed, after-cutover.")
    private String kind = "";

    @Option(
            names = "--live",
            description =
                    "Follow the stores while the app writes, instead of closing them for the copy; smartboard's only follow.")
    private boolean live;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            description = "freeze, switch (which --live means) or compute-first, instead of the app's own.")
    private String strategy = "";

    @Option(names = "--rows", defaultValue = "450000", description = "Rows in Postgres (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Breakage breakage = Breakage.of(kind);
        Strategy chosen = strategy(SampleApp.named(app), breakage);
        if (rows < 1) {
            throw new InvalidInput("run the demo", "--rows is " + rows, "give a number of 1 or more");
        }
        Checkout checkout = Checkout.current();
        PrintStream out = System.out;
        try (Terminal terminal = Terminal.open(out, LocalSettings.environment())) {
            LocalEnvironments environments =
                    LocalEnvironments.ensure(checkout, LocalSettings.environment(), line -> say(terminal, line));
            RunFolder folder = RunFolder.create(checkout, Instant.now());
            try (LocalRun run = LocalRun.start(checkout, folder, environments);
                    Closing _ = Closing.atShutdown(run)) {
                return migrate(run, terminal, breakage, chosen);
            }
        }
    }

    /** @throws InvalidInput if there is no such strategy, the app's stores do not take it, or the kind has no moment in it */
    private Strategy strategy(SampleApp sample, Breakage breakage) {
        Strategy chosen = strategy.isEmpty()
                ? live || breakage.isLive() || sample.onlyFollows() ? Strategy.SWITCH : Strategy.FREEZE
                : named();
        if (chosen == Strategy.FREEZE && sample.onlyFollows()) {
            throw new InvalidInput(
                    "run the demo of " + app + " by freeze", "its bucket is closed to nobody", "let its stores follow");
        }
        if (chosen == Strategy.COMPUTE_FIRST && !sample.onlyFollows()) {
            throw new InvalidInput(
                    "run the demo of " + app + " by compute-first",
                    "its files are a folder, which no task of the target reaches",
                    "use --strategy switch, or the demo of smartboard");
        }
        boolean follows = chosen != Strategy.FREEZE;
        if (follows ? !breakage.appliesToFollowing() : breakage.isLive()) {
            throw new InvalidInput(
                    "break " + breakage + " in the demo of " + app,
                    follows
                            ? "its stores follow, and that kind needs stores that are closed"
                            : "its stores are closed, and that kind needs stores that follow",
                    follows ? "use one of copy, provision, worker-killed, after-cutover" : "use --strategy switch");
        }
        return chosen;
    }

    private Strategy named() {
        return Arrays.stream(Strategy.values())
                .filter(each -> each.word().equals(strategy))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "run the demo by the strategy " + strategy,
                        "there is none of that name",
                        "use freeze, switch or compute-first"));
    }

    private int migrate(LocalRun run, Terminal terminal, Breakage breakage, Strategy chosen)
            throws IOException, InterruptedException {
        say(terminal, "Starting an AWS account on this machine, with the pipeline in it, and the old side beside it.");
        SampleData data = SampleData.withRows(rows);
        Demo demo = Demo.prepare(
                run, new Demo.Options(app, data, BAKE_SECONDS, HEARTBEAT_SECONDS, breakage.paces(data), chosen));
        Breaker breaker = new Breaker(demo, breakage);
        breaker.prepare();
        String execution = demo.pipeline().start("{\"app\":\"" + app + "\"}");
        say(terminal, "Started " + execution);
        MigrationWatch.Ending ending = new MigrationWatch(demo.pipeline(), app, execution, terminal::show)
                .follow(watch -> {
                    breaker.accept(watch);
                    terminal.tick(Instant.now());
                });
        if (breakage == Breakage.AFTER_CUTOVER && isComplete(ending)) {
            ending = takeBack(demo, terminal);
        }
        Path report = new DemoReport(demo).write(ending);
        terminal.close();
        tell(ending, report);
        if (!breaker.broke()) {
            System.out.println("Nothing was broken: the moment for " + breakage
                    + " had passed before it was seen. Give it more to copy, with --rows.");
            return ExitCode.NOT_DONE;
        }
        if (keep) {
            if (isComplete(ending)) {
                System.out.println("Putting the app back on its old server, so that it can be moved again by hand.");
                new DemoReset(demo.pipeline(), app, demo.follows()).putBack();
            }
            waitForInterrupt(demo);
        }
        return isComplete(ending) ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private static boolean isComplete(MigrationWatch.Ending ending) {
        return ending.phase().filter(phase -> phase == Phase.COMPLETE).isPresent();
    }

    private static MigrationWatch.Ending takeBack(Demo demo, Terminal terminal) throws InterruptedException {
        say(
                terminal,
                "Complete. Now somebody wants the app back: rolling back when people have written on the new side.");
        WayBack.Returned returned = new WayBack(demo).take();
        say(
                terminal,
                "Of " + returned.written() + " " + demo.sample().written().rows()
                        + " that only the new side had, the old side has " + returned.found() + ".");
        return returned.ending();
    }

    private static void say(Terminal terminal, String text) {
        terminal.show(new Event.Said(Instant.now(), text));
    }

    private void tell(MigrationWatch.Ending ending, Path report) {
        System.out.println(
                switch (ending.phase().orElse(Phase.STARTED)) {
                    case COMPLETE ->
                        "Complete: " + app + " runs on the target, all of the traffic and the writes are there.";
                    case ROLLED_BACK ->
                        "Rolled back: " + app + " runs on its source, which takes its writes and all of its traffic.";
                    default -> "Stopped: the rollback of " + app + " did not end well; start it again.";
                });
        if (!ending.cause().isEmpty()) {
            System.out.println("Why: " + ending.cause());
        }
        System.out.println("The report: " + report);
    }

    private void waitForInterrupt(Demo demo) throws InterruptedException {
        Pipeline pipeline = demo.pipeline();
        System.out.println("Everything is left running. In another terminal:");
        demo.run()
                .account()
                .environment()
                .forEach((name, value) -> System.out.println("  export " + name + "=" + value));
        System.out.println("  export PATH="
                + demo.run().environments().account().bin("aws").getParent() + ":$PATH");
        System.out.println("  aws stepfunctions start-execution --state-machine-arn "
                + pipeline.machine("MigrationMachine") + " --input '{\"app\":\"" + app + "\"}'");
        System.out.println("Ctrl-C ends it.");
        new CountDownLatch(1).await();
    }
}
