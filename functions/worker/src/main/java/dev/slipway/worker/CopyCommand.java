package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Engine;
import dev.slipway.migration.Following;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a store as it is at one moment into an empty one, and may follow it from there; interrupted, it goes on where it was. */
@Command(name = "copy", description = "Copies a store into an empty one; interrupted, it goes on where it was.")
final class CopyCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "SOURCE", converter = StoreArgument.class, description = "The store's URL.")
    private @Nullable StoreUrl source;

    @Parameters(index = "1", paramLabel = "TARGET", converter = StoreArgument.class, description = "An empty store.")
    private @Nullable StoreUrl target;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "2",
            description = "What is copied side by side; default 2.")
    private int jobs;

    @Option(
            names = "--rate",
            paramLabel = "BYTES",
            defaultValue = "0",
            description = "How much of the source is read in a second at most; default 0, no limit.")
    private long rate;

    @Option(
            names = "--follow",
            description = "Stays with the source: what is written there meanwhile comes over, until a cutover.")
    private boolean follow;

    @Option(
            names = "--keep",
            paramLabel = "BYTES",
            defaultValue = "10000000000",
            description =
                    "With --follow: how much of its log the source may have to keep for the target, before following is"
                            + " given up; default 10 GB.")
    private long keep;

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl from = Output.given(source);
        StoreUrl to = Output.given(target);
        StoreKind kind = Output.commonKind(from, to);
        requireSensible();
        Map<String, String> environment = CommandSettings.fromEnvironment().environment();
        CopyOptions options =
                CopyState.of(from, to, environment).map(options()::withNotes).orElseGet(this::options);
        Engine engine = Engines.of(kind, environment);
        if (follow) {
            return follow(engine, from, to);
        }
        CopyOutcome outcome = engine.copy(from, to, options, output.progress(kind));
        output.print(StoreLines.of(kind, outcome), document(outcome));
        return ExitCode.DONE;
    }

    private int follow(Engine engine, StoreUrl from, StoreUrl to) throws JsonProcessingException {
        Following following = Streams.of(engine, from);
        CopyOutcome outcome = following.begin(from, to, options(), output.progress(engine.kind()));
        output.print(StoreLines.of(engine.kind(), outcome), document(outcome));
        try (FollowWatch watch = FollowWatch.open(following, from, to, keep, output::say, lag -> {})) {
            output.say((following.isCarried(from, to)
                            ? "carries the changes from here on, as long as it runs"
                            : "follows from here on")
                    + "; 'slipway cutover' or 'slipway rollback' ends it");
            watch.untilOver(() -> true);
        }
        return ExitCode.DONE;
    }

    CopyOptions options() {
        return CopyOptions.unfenced().withJobs(jobs).withBytesPerSecond(rate);
    }

    private void requireSensible() {
        if (jobs < 1 || jobs > CopyPace.MOST_JOBS || rate < 0) {
            throw new InvalidInput(
                    "copy with " + jobs + " jobs and " + rate + " bytes a second",
                    "that is too few or too many",
                    "give from 1 to " + CopyPace.MOST_JOBS + " jobs, and a rate of 0 for no limit");
        }
    }

    private static Map<String, Object> document(CopyOutcome outcome) {
        return switch (outcome) {
            case CopyOutcome.Copied copied ->
                Map.of(
                        "outcome",
                        "copied",
                        "items",
                        copied.items(),
                        "bytes",
                        copied.bytes(),
                        "warnings",
                        copied.findings());
            case CopyOutcome.Skipped skipped -> Map.of("outcome", "skipped", "reason", skipped.reason());
        };
    }
}
