package dev.slipway.worker.text;

import java.io.Console;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the output can show.
 *
 * @param columns how wide a line may be
 * @param ansi whether there are colours
 */
public record Look(int columns, Ansi ansi) {
    /** A file or another program reads it: a row is a line, so that a search finds whole sentences. */
    public static final Look PLAIN = new Look(Integer.MAX_VALUE, Ansi.OFF);

    /** What is from elsewhere must not move the cursor, break the line or turn its direction. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

    private static final int LEAST_COLUMNS = 40;

    /** Of the process' own output. The library knows the terminal's width, {@code NO_COLOR} and its kin. */
    public static Look of(CommandSpec command, Map<String, String> environment) {
        // JDK 25 answers null where standard input or output is no terminal.
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        Ansi ansi = terminal && !dumb && Ansi.AUTO.enabled() ? Ansi.ON : Ansi.OFF;
        return new Look(
                columns(
                        terminal,
                        environment,
                        () -> command.usageMessage().autoWidth(true).width()),
                ansi);
    }

    static int columns(boolean terminal, Map<String, String> environment, IntSupplier ofTerminal) {
        String said = environment.getOrDefault("COLUMNS", "");
        if (said.matches("[1-9]\\d{0,4}")) {
            return Math.max(LEAST_COLUMNS, Integer.parseInt(said));
        }
        return terminal ? Math.max(LEAST_COLUMNS, ofTerminal.getAsInt()) : PLAIN.columns();
    }

    /** The text as it is: nothing in it is a colour or a command to the terminal. */
    Text text(String text, Style... styles) {
        return scheme().apply(CONTROL.matcher(text).replaceAll(" ").stripTrailing(), Arrays.asList(styles));
    }

    ColorScheme scheme() {
        return new ColorScheme.Builder(ansi).build();
    }
}
