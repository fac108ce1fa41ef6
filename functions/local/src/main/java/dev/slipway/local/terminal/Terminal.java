package dev.slipway.local.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Shows a run while it goes on: a live block on a terminal, plain lines elsewhere. Safe to call from any thread. */
public final class Terminal implements AutoCloseable {
    private final Screen screen;

    Terminal(Look look, PrintStream out) {
        screen = look.live()
                ? new LiveScreen(frame -> print(out, frame), new Paint(look.colour(), look.unicode()), new Width())
                : new PlainScreen(line -> print(out, line + System.lineSeparator()));
    }

    /**
     * Looks at the console and at {@code TERM} and {@code NO_COLOR}.
     *
     * @param out standard output, or standard error where the output is a document
     */
    public static Terminal open(PrintStream out, Map<String, String> environment) {
        // JDK 25 answers null again where standard input or output is no terminal.
        boolean interactive = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new Terminal(Look.of(interactive, environment, out.charset()), out);
    }

    public synchronized void show(Event event) {
        screen.show(event);
    }

    /** Lets the times of a live block go on; call it some times a second. Plain lines stay silent. */
    public synchronized void tick(Instant now) {
        screen.tick(now);
    }

    /** Takes the live block away and leaves the lines that stay. */
    @Override
    public synchronized void close() {
        screen.close();
    }

    private static void print(PrintStream out, String text) {
        out.print(text);
        out.flush();
    }
}
