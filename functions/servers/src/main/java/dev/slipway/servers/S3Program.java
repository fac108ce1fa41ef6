package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The executable of {@link S3Server}, which a script of the checkout builds once; it takes Go and some minutes. */
public final class S3Program {
    private static final String REQUIRED = "SLIPWAY_REQUIRE_SERVERS";

    private S3Program() {}

    /**
     * The executable, or empty where this machine cannot build it.
     *
     * @throws IOException if it cannot, and the environment says {@code SLIPWAY_REQUIRE_SERVERS=1}
     */
    public static Optional<Path> of(Path checkout) throws IOException {
        try {
            String path = Command.run(
                    List.of(checkout.resolve("functions/servers/fetch-versitygw")
                            .toString()),
                    "");
            return Optional.of(Path.of(path.strip())).filter(Files::isExecutable);
        } catch (Command.CommandFailed e) {
            if ("1".equals(System.getenv(REQUIRED))) {
                throw new IOException(REQUIRED + " is 1, and an S3 server is missing: " + e.getMessage(), e);
            }
            return Optional.empty();
        }
    }
}
