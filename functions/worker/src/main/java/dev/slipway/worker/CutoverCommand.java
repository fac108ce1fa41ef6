package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.JointTurn.Pair;
import java.util.List;
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
        List<Pair> pairs = followed.pairs();
        if (finish) {
            pairs.stream().map(Pair::back).forEach(pair -> pair.following().end(pair.writer(), pair.follower()));
            output.print("finished: the source stays closed", Map.of("outcome", "finished"));
            return ExitCode.DONE;
        }
        return new TurnLines("target", pairs, followed.turn(pairs, output).run()).tell(output);
    }
}
