package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.exception.CopyFailed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OneLineTest {
    private final StringWriter err = new StringWriter();

    @Test
    void tellsAFailureInItsOwnWords() {
        assertThat(failing(new CopyFailed("copy postgres", "it is full", "make it larger")))
                .isEqualTo(ExitCode.NOT_DONE);
        assertThat(err).hasToString("Tried to copy postgres but it is full: make it larger" + System.lineSeparator());
    }

    @Test
    void tellsAnUnexpectedFailureOfManyLinesInOne() {
        failing(new IllegalStateException("first\n  second\r\nthird"));
        assertThat(err.toString().lines())
                .containsExactly(
                        "Tried to run slipway fail but first; second; third: run it again with SLIPWAY_LOG=debug"
                                + " and report this");
    }

    @Test
    void tellsAFailureWithoutAMessageByItsName() {
        failing(new IllegalStateException());
        assertThat(err.toString()).contains("java.lang.IllegalStateException");
    }

    @Test
    void tellsAMisspeltOptionInOneLineAndWhereToLook() {
        assertThat(line().execute("fail", "--no-such-option")).isEqualTo(ExitCode.NOT_DONE);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Tried to read the command line but ")
                .contains("--no-such-option")
                .endsWith("see slipway fail --help");
    }

    @Test
    void asksForACommandInOneLine() {
        assertThat(line().execute()).isEqualTo(ExitCode.NOT_DONE);
        assertThat(err)
                .hasToString(
                        "Tried to run slipway but no command was named: see slipway --help" + System.lineSeparator());
    }

    private int failing(Exception failure) {
        failure.setStackTrace(new StackTraceElement[0]);
        return line(failure).execute("fail");
    }

    private CommandLine line() {
        return line(new IllegalStateException());
    }

    private CommandLine line(Exception failure) {
        return SlipwayCommand.commandLine(List.of(new Fail(failure))).setErr(new PrintWriter(err, true));
    }

    /** Fails as it is told to. */
    @Command(name = "fail")
    private record Fail(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }
}
