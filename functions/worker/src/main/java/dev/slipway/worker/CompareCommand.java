package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.Engine;
import dev.slipway.migration.Repair;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves that two stores hold the same, or names what differs and may put it right. */
@Command(
        name = "compare",
        description = "Proves that two stores hold the same, or names what differs; changes nothing unless told to.")
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "SOURCE", converter = StoreArgument.class, description = "The store's URL.")
    private @Nullable StoreUrl source;

    @Parameters(index = "1", paramLabel = "TARGET", converter = StoreArgument.class, description = "Its copy.")
    private @Nullable StoreUrl target;

    @Option(
            names = "--repair",
            description = "Replaces on the target what differs, and nothing else, and compares again.")
    private boolean repair;

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl from = Output.given(source);
        StoreUrl to = Output.given(target);
        StoreKind kind = Output.commonKind(from, to);
        Map<String, String> environment = CommandSettings.fromEnvironment().environment();
        Engine engine = Engines.of(kind, environment);
        return repair
                ? tell(kind, engine.repair(from, to, CopyState.of(from, to, environment), output.progress(kind)))
                : tell(kind, engine.compare(from, to, output.progress(kind)));
    }

    private int tell(StoreKind kind, Comparison comparison) throws JsonProcessingException {
        output.print(StoreLines.of(kind, comparison), document(comparison));
        return exit(comparison);
    }

    private int tell(StoreKind kind, Repair done) throws JsonProcessingException {
        Map<String, Object> document = new LinkedHashMap<>(document(done.after()));
        document.put("repaired", done.done());
        document.put("left", done.left());
        output.print(StoreLines.of(kind, done), document);
        return exit(done.after());
    }

    private static int exit(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Same _ -> ExitCode.DONE;
            case Comparison.Different _ -> ExitCode.DIFFERENT;
            case Comparison.Unknown _ -> ExitCode.NOT_DONE;
        };
    }

    private static Map<String, Object> document(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Same same ->
                Map.of(
                        "outcome",
                        "same",
                        "items",
                        same.items(),
                        "bytes",
                        same.bytes(),
                        "digest",
                        same.digest(),
                        "findings",
                        same.findings());
            case Comparison.Different different ->
                Map.of("outcome", "different", "total", different.total(), "differences", different.first());
            case Comparison.Unknown unknown -> Map.of("outcome", "unknown", "reason", unknown.reason());
        };
    }
}
