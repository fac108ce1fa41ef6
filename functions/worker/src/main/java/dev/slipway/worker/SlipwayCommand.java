package dev.slipway.worker;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line; also the worker's entry point. */
@Command(
        name = "slipway",
        description = "Moves an app from Docker Compose to AWS, proves the copy, and can go back.",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0",
        subcommands = {
            PlanCommand.class,
            TemplateCommand.class,
            ConfigCommand.class,
            AppCommand.class,
            InspectCommand.class,
            CopyCommand.class,
            CompareCommand.class,
            CutoverCommand.class,
            RollbackCommand.class,
            WorkCommand.class
        },
        exitCodeOnInvalidInput = ExitCode.NOT_DONE,
        exitCodeOnExecutionException = ExitCode.NOT_DONE)
public final class SlipwayCommand implements Runnable {
    // What the driver logs it throws, too, and a failure is one line.
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    @Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "Tried to run slipway but no command was named: see slipway --help");
        }
    }

    /** The command line with further commands, each failure told in one line. */
    public static CommandLine commandLine(List<Object> further) {
        DRIVER.setLevel(Level.OFF);
        CommandLine line = new CommandLine(new SlipwayCommand());
        further.forEach(line::addSubcommand);
        return line.setExecutionExceptionHandler(new OneLine())
                .setParameterExceptionHandler(new OneLine())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(List.of()).execute(arguments));
    }
}
