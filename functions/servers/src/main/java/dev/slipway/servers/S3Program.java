package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The executable of {@link S3Server}, which a script of the checkout builds once; it takes Go and some minutes. */
public final class S3Program {
    private S3Program() {}

    /**
     * The executable, or empty where this machine cannot build it.
     *
     * @throws IOException if it cannot, and the environment says {@code SLIPWAY_REQUIRE_SERVERS=1}
     */
    public static Optional<Path> of(Path checkout) throws IOException {
        String said = Command.run(
                List.of(checkout.resolve("functions/servers/fetch-versitygw").toString()), "");
        return said.lines().map(Path::of).filter(Files::isExecutable).findFirst();
    }
}
