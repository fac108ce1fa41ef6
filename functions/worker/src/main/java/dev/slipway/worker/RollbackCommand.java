package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Following;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives a source the writes back, with all that the target took since the cutover. */
@Command(
        name = "rollback",
        description =
                "After a cutover: the same in the other direction, and no write is lost. Before one: ends the following.")
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private Followed followed = new Followed();

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl from = followed.source();
        StoreUrl to = followed.target();
        StoreKind kind = Output.commonKind(from, to);
        Following following =
                Streams.of(Engines.of(kind, CommandSettings.fromEnvironment().environment()), from);
        if (following.lag(to, from).isPresent()) {
            return TurnLines.tell(
                    output, kind, "source", following.turn(to, from, followed.maxPause(), output.progress(kind)));
        }
        if (following.lag(from, to).isEmpty()) {
            throw new InvalidInput(
                    "roll " + to + " back to " + from, "no stream joins them", "see 'slipway copy --follow'");
        }
        following.end(from, to);
        output.print("ended: the source goes on as the writer, the target stays closed", Map.of("outcome", "ended"));
        return ExitCode.DONE;
    }
}
