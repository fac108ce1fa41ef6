package dev.slipway.postgres;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Copies in a process of its own and says how many rows it has sent, and how it ended. */
final class CopyToKill {
    private static final String SENT = "sent ";

    private CopyToKill() {}

    /** How the process is to copy. */
    record Order(StoreUrl source, StoreUrl target, Optional<FenceToken> fence, int jobs, long chunkBytes) {
        CopyOptions options() {
            return new CopyOptions(fence, new CopyPace(1, jobs, 0));
        }
    }

    /** @param memory how much the process may take, as the JVM's option */
    static Process start(PostgresTools tools, Order order, Path out, String memory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                memory,
                CopyToKill.class.getName(),
                order.source.reveal(),
                order.target.reveal(),
                order.fence.map(FenceToken::toString).orElse(""),
                Integer.toString(order.jobs),
                Long.toString(order.chunkBytes),
                tools.folder().orElseThrow().toString());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    }

    public static void main(String[] arguments) {
        Order order = new Order(
                StoreUrl.parse(arguments[0]),
                StoreUrl.parse(arguments[1]),
                Optional.of(arguments[2]).filter(token -> !token.isEmpty()).map(FenceToken::parse),
                Integer.parseInt(arguments[3]),
                Long.parseLong(arguments[4]));
        PostgresEngine engine =
                new PostgresEngine(PostgresTools.in(Path.of(arguments[5])), Duration.ofSeconds(10), order.chunkBytes);
        try {
            CopyOutcome outcome = engine.copy(
                    order.source, order.target, order.options(), amount -> System.out.println(SENT + amount.items()));
            System.out.println(outcome);
        } catch (SlipwayException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }

    /** How many rows a process has sent, told by a megabyte. */
    static long sent(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith(SENT))
                .mapToLong(line -> Long.parseLong(line.substring(SENT.length())))
                .max()
                .orElse(0);
    }

    /** What it said besides. */
    static String said(String printed) {
        return String.join(
                "\n", printed.lines().filter(line -> !line.startsWith(SENT)).toList());
    }
}
