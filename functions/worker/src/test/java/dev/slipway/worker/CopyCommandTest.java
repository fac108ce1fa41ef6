package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyPace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CopyCommandTest {
    private static final String NOBODY = "127.0.0.1:9";

    @ParameterizedTest
    @CsvSource({"'', 2, 0", "--jobs 7, 7, 0", "--jobs 64 --rate 5000000, 64, 5000000"})
    void asksTheEngineForThatPace(String options, int jobs, long rate) {
        String[] arguments = Stream.concat(Stream.of("s3://a", "s3://b"), Stream.of(options.split(" ")))
                .filter(argument -> !argument.isEmpty())
                .toArray(String[]::new);
        CopyCommand command = CommandLine.populateCommand(new CopyCommand(), arguments);
        assertThat(command.options()).isEqualTo(CopyOptions.unfenced().at(new CopyPace(1, jobs, rate)));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://shop/a?endpoint=http://" + NOBODY + ",s3://shop/a?endpoint=http://" + NOBODY
                + ",they overlap in one bucket",
        "s3://shop/a?endpoint=http://" + NOBODY + ",file:///tmp,a folder cannot be a target",
        "s3://shop/a?versions=all&endpoint=http://" + NOBODY + ",s3://shop/b?endpoint=http://" + NOBODY
                + ",a bucket's history is copied and not followed"
    })
    void saysWhatCannotBeFollowedBeforeItAsksAnyServer(String source, String target, String why) {
        assertThat(refused("copy", source, target, "--follow"))
                .startsWith("Tried to follow ")
                .contains(why)
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"--jobs, 0", "--jobs, 65", "--rate, -1"})
    void refusesAPaceThatNobodyCanKeep(String option, String value) {
        String store = "redis://" + NOBODY + "/0";
        assertThat(refused("copy", store, store, option, value)).contains("from 1 to 64 jobs");
    }

    /** The one line of a command that could not be done. */
    private static String refused(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = SlipwayCommand.commandLine(List.of());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(line.execute(arguments)).isEqualTo(ExitCode.NOT_DONE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString();
    }
}
