package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Proves that two stores hold the same, or names what differs. */
@Command(
        name = "compare",
        description = "Proves that two stores hold the same, or names what differs; changes nothing.")
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "SOURCE", converter = StoreArgument.class, description = "The store's URL.")
    private @Nullable StoreUrl source;

    @Parameters(index = "1", paramLabel = "TARGET", converter = StoreArgument.class, description = "Its copy.")
    private @Nullable StoreUrl target;

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl from = Output.given(source);
        StoreUrl to = Output.given(target);
        StoreKind kind = Output.commonKind(from, to);
        Comparison comparison = Engines.of(
                        kind, CommandSettings.fromEnvironment().environment())
                .compare(from, to, output.progress(kind));
        output.print(StoreLines.of(kind, comparison), document(comparison));
        return switch (comparison) {
            case Comparison.Same _ -> ExitCode.DONE;
            case Comparison.Different _ -> ExitCode.DIFFERENT;
            case Comparison.Unknown _ -> ExitCode.NOT_DONE;
        };
    }

    private static Map<String, Object> document(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Same same ->
                Map.of("outcome", "same", "items", same.items(), "bytes", same.bytes(), "digest", same.digest());
            case Comparison.Different different ->
                Map.of("outcome", "different", "total", different.total(), "differences", different.first());
            case Comparison.Unknown unknown -> Map.of("outcome", "unknown", "reason", unknown.reason());
        };
    }
}
