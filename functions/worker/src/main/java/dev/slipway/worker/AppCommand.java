package dev.slipway.worker;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What has to do with uploaded apps. */
@Command(name = "app", description = "Uploads apps.", subcommands = AppPutCommand.class)
final class AppCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(
                line, "Tried to run slipway app but no command was named: use slipway app put DIR");
    }
}
