package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.JointTurn.Pair;
import dev.slipway.migration.exception.InvalidInput;
import java.util.List;
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
        List<Pair> pairs = followed.pairs();
        List<Pair> turned = pairs.stream().map(Pair::back).filter(Pair::follows).toList();
        if (!turned.isEmpty()) {
            List<Turn> turns = followed.turn(turned, output).run();
            if (turns.stream().noneMatch(Turn.NotDone.class::isInstance)) {
                pairs.stream()
                        .filter(pair -> !turned.contains(pair.back()))
                        .forEach(pair -> pair.following().stay(pair.writer(), pair.follower()));
            }
            return new TurnLines("source", turned, turns).tell(output);
        }
        // One that was ended before its end has left some of them.
        List<Pair> left = pairs.stream().filter(Pair::follows).toList();
        if (left.isEmpty()) {
            throw new InvalidInput(
                    "roll " + pairs.getFirst().follower() + " back to "
                            + pairs.getFirst().writer(),
                    "no stream joins them",
                    "see 'slipway copy --follow'");
        }
        left.forEach(pair -> pair.following().end(pair.writer(), pair.follower()));
        output.print("ended: the source goes on as the writer, the target stays closed", Map.of("outcome", "ended"));
        return ExitCode.DONE;
    }
}
