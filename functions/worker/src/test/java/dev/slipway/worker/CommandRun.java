package dev.slipway.worker;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.slipway.migration.StoreUrl;
import dev.slipway.servers.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A command line, run as the launcher runs it, and what it printed. */
final class CommandRun {
    /** Where the tests' server is unpacked. */
    static final Path POSTGRES =
            Path.of(System.getProperty("slipway.root", ".")).resolve(".slipway/cache/postgres-15.18.0");

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern PASSWORD = Pattern.compile("//[^:/]*:([^/]+)@");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = SlipwayCommand.commandLine(List.of());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    /** Demands that it ends at once with one line that says why and what to do, and no password. */
    void refused(String why, String remedy, String... arguments) {
        assertThat(refusal(why, remedy, arguments)).as(err.toString()).hasSize(1);
    }

    /** The same of work that was begun, and may have told how far it was. */
    void stopped(String why, String remedy, String... arguments) {
        assertThat(refusal(why, remedy, arguments))
                .as(err.toString())
                .filteredOn(line -> line.startsWith("Tried to "))
                .hasSize(1);
    }

    /** What it said on the way and, in the last line, at its end. */
    private List<String> refusal(String why, String remedy, String... arguments) {
        long begun = System.nanoTime();
        assertThat(run(arguments)).as(out + "" + err).isEqualTo(ExitCode.NOT_DONE);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        assertThat(out.toString()).isEmpty();
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).last(as(STRING)).startsWith("Tried to ").contains(why).endsWith(remedy);
        assertThat(passwords(arguments)).noneMatch(err.toString()::contains);
        return lines;
    }

    private static List<String> passwords(String... urls) {
        return Stream.of(urls)
                .map(PASSWORD::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    static Connection connect(PostgresServer server, String database, String parameters) throws SQLException {
        StoreUrl url = StoreUrl.parse(server.url(database));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.host() + ":" + url.port(0) + "/" + database + "?" + parameters,
                url.user().orElseThrow(),
                url.password().orElseThrow());
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
