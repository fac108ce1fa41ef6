package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Following;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a target that follows its source the writer; then the changes flow backwards. */
@Command(
        name = "cutover",
        description =
                "Makes a target that follows its source the writer: fence, drain, compare, switch; then the changes flow"
                        + " backwards.")
final class CutoverCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            converter = StoreArgument.class,
            description = "The store that takes the writes.")
    private @Nullable StoreUrl source;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            converter = StoreArgument.class,
            description = "The one that follows it.")
    private @Nullable StoreUrl target;

    @Option(
            names = "--max-pause",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = MaxPause.class,
            description = "How long neither side may take writes; past it the source goes on as before. Default 60s.")
    private Duration maxPause = Duration.ZERO;

    @Option(
            names = "--finish",
            description =
                    "After a cutover: ends the way back. The source stays closed, and nothing is left on either side.")
    private boolean finish;

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl from = Output.given(source);
        StoreUrl to = Output.given(target);
        StoreKind kind = Output.commonKind(from, to);
        Following following =
                Streams.of(Engines.of(kind, CommandSettings.fromEnvironment().environment()), from);
        if (finish) {
            following.end(to, from);
            output.print("finished: the source stays closed", Map.of("outcome", "finished"));
            return ExitCode.DONE;
        }
        return TurnLines.tell(output, kind, "target", following.turn(from, to, maxPause, output.progress(kind)));
    }
}
