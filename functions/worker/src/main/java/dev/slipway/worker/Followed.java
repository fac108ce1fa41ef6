package dev.slipway.worker;

import dev.slipway.migration.Following;
import dev.slipway.migration.JointTurn;
import dev.slipway.migration.JointTurn.Pair;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores and those that follow them, as {@code copy --follow} began it, and how long changing sides may take. */
final class Followed {
    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            converter = StoreArgument.class,
            description = "The store that takes the writes before a cutover.")
    private @Nullable StoreUrl source;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            converter = StoreArgument.class,
            description = "The one that follows it until then.")
    private @Nullable StoreUrl target;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "SOURCE TARGET",
            converter = StoreArgument.class,
            description = "More stores of the same app: all of them change sides at one moment, or none does.")
    private List<StoreUrl> more = new ArrayList<>();

    @Option(
            names = "--max-pause",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = MaxPause.class,
            description = "How long neither side may take writes; past it the one that took them goes on as before."
                    + " Default 60s.")
    private Duration maxPause = Duration.ZERO;

    /** With the source as the writer, in the order in which they were named. */
    List<Pair> pairs() {
        List<StoreUrl> named = new ArrayList<>(List.of(Output.given(source), Output.given(target)));
        named.addAll(more);
        if (named.size() % 2 != 0) {
            throw new InvalidInput(
                    "pair the stores", named.getLast() + " has no target", "name a target behind each source");
        }
        named.stream()
                .filter(store -> named.indexOf(store) != named.lastIndexOf(store))
                .findFirst()
                .ifPresent(store -> {
                    throw new InvalidInput("pair the stores", store + " is named twice", "name each store once");
                });
        Map<String, String> environment = CommandSettings.fromEnvironment().environment();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < named.size(); i += 2) {
            StoreUrl from = named.get(i);
            StoreUrl to = named.get(i + 1);
            Following following = Streams.of(Engines.of(Output.commonKind(from, to), environment), from);
            pairs.add(new Pair(following, from, to));
        }
        return pairs;
    }

    JointTurn turn(List<Pair> pairs, Output output) {
        return new JointTurn(
                pairs,
                maxPause,
                pair -> output.progress(
                        pair.writer().kind(),
                        pairs.size() == 1
                                ? Optional.empty()
                                : Optional.of(pair.writer().kind().name().toLowerCase(Locale.ROOT))));
    }
}
