package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.compose.ComposeConfig;
import dev.slipway.migration.StrictJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the compose files of an app come to, as {@code docker compose config} does. */
@Command(
        name = "config",
        description = "Prints what the compose files come to after merging, variables and profiles; secrets too.")
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ComposeArguments files = new ComposeArguments();

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        ComposeConfig config = ComposeConfig.read(files.request());
        spec.commandLine()
                .getOut()
                .print(
                        json
                                ? StrictJson.mapper()
                                                .writerWithDefaultPrettyPrinter()
                                                .writeValueAsString(config.json())
                                        + System.lineSeparator()
                                : config.yaml());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
