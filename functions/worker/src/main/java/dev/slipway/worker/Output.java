package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.Progress;
import dev.slipway.migration.SteadyTime;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command on a store answers: in lines, or with one JSON document; progress goes to the other stream. */
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    void print(String lines, Object document) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) : lines);
        out.flush();
    }

    /** A line for whoever watches. */
    void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    Progress progress(StoreKind kind) {
        return new ProgressLines(spec.commandLine().getErr(), kind, new SteadyTime());
    }

    /** @param name what each line begins with, where several pieces of work are told of */
    Progress progress(StoreKind kind, Optional<String> name) {
        Progress lines = progress(kind);
        return name.<Progress>map(it -> amount -> lines.report(amount.of(it))).orElse(lines);
    }

    static StoreUrl given(@Nullable StoreUrl url) {
        if (url == null) {
            throw new IllegalStateException("a parameter that the command demands");
        }
        return url;
    }

    /** @throws InvalidInput if the URLs are of stores of two kinds */
    static StoreKind commonKind(StoreUrl source, StoreUrl target) {
        if (source.kind() != target.kind()) {
            throw new InvalidInput(
                    "work on " + source + " and " + target,
                    "they are stores of different kinds",
                    "name two of the same kind");
        }
        return source.kind();
    }
}
