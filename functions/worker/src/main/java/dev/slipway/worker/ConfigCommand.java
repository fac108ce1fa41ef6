package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.compose.ComposeConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what the compose files of an app come to, as {@code docker compose config} does. */
@Command(
        name = "config",
        description = "Prints what the compose files come to after merging, variables and profiles; secrets too.")
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private ComposeArguments files = new ComposeArguments();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws JsonProcessingException {
        ComposeConfig config = ComposeConfig.read(files.request());
        output.print(config.yaml(), config.json());
        return ExitCode.DONE;
    }
}
