package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Following;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a target that follows its source the writer; then the changes flow backwards. */
@Command(
        name = "cutover",
        description =
                "Makes a target that follows its source the writer: fence, drain, compare, switch; then the changes flow"
                        + " backwards.")
final class CutoverCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private Followed followed = new Followed();

    @Option(
            names = "--finish",
            description =
                    "After a cutover: ends the way back. The source stays closed, and nothing is left on either side.")
    private boolean finish;

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl from = followed.source();
        StoreUrl to = followed.target();
        StoreKind kind = Output.commonKind(from, to);
        Following following =
                Streams.of(Engines.of(kind, CommandSettings.fromEnvironment().environment()), from);
        if (finish) {
            following.end(to, from);
            output.print("finished: the source stays closed", Map.of("outcome", "finished"));
            return ExitCode.DONE;
        }
        return TurnLines.tell(
                output, kind, "target", following.turn(from, to, followed.maxPause(), output.progress(kind)));
    }
}
