package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a store is and holds, and which traps wait in it. */
@Command(name = "inspect", description = "Says what a store is and holds, and which traps wait in it; changes nothing.")
final class InspectCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "SOURCE", converter = StoreArgument.class, description = "The store's URL.")
    private @Nullable StoreUrl source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TARGET",
            converter = StoreArgument.class,
            description = "Where it is to be copied to.")
    private @Nullable StoreUrl target;

    /** What is said of both sides. */
    record Found(Inspection source, Optional<Inspection> target, List<Finding> warnings, List<Finding> blockers) {}

    @Override
    public Integer call() throws JsonProcessingException {
        StoreUrl url = Output.given(source);
        Inspection from = inspect(url);
        Optional<Inspection> to = Optional.ofNullable(target).map(InspectCommand::inspect);
        List<Finding> findings = new ArrayList<>(from.findings());
        Optional.ofNullable(target).ifPresent(other -> findings.addAll(between(url, other)));
        output.print(
                InspectionPage.of(from, to, findings),
                new Found(from, to, of(findings, Severity.WARNING), of(findings, Severity.BLOCKER)));
        return ExitCode.DONE;
    }

    private static Inspection inspect(StoreUrl url) {
        return Engines.of(url.kind(), CommandSettings.fromEnvironment().environment())
                .inspect(url);
    }

    private static List<Finding> between(StoreUrl source, StoreUrl target) {
        return Engines.of(
                        Output.commonKind(source, target),
                        CommandSettings.fromEnvironment().environment())
                .between(source, target);
    }

    private static List<Finding> of(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }
}
