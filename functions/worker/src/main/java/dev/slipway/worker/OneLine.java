package dev.slipway.worker;

import dev.slipway.migration.exception.SlipwayException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells each failure in one line: what was tried, what failed, what to do. */
final class OneLine implements IExecutionExceptionHandler, IParameterExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        return tell(
                line,
                failure instanceof SlipwayException
                        ? String.valueOf(failure.getMessage())
                        : "Tried to run slipway " + line.getCommandName() + " but " + inOneLine(failure)
                                + ": run it again with SLIPWAY_LOG=debug and report this");
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        // What picocli says of an argument quotes it, and a URL may hold a password.
        String message = String.valueOf(
                failure.getCause() instanceof SlipwayException cause ? cause.getMessage() : failure.getMessage());
        return tell(
                failure.getCommandLine(),
                message.startsWith("Tried to ")
                        ? message
                        : "Tried to read the command line but " + inOneLine(failure) + ": see slipway "
                                + failure.getCommandLine().getCommandName() + " --help");
    }

    private static String inOneLine(Exception failure) {
        return String.valueOf(failure.getMessage() == null ? failure : failure.getMessage())
                .replaceAll("\\s*\\R\\s*", "; ");
    }

    private static int tell(CommandLine line, String message) {
        PrintWriter err = line.getErr();
        err.println(message);
        err.flush();
        return ExitCode.NOT_DONE;
    }
}
