package dev.slipway.objects;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server for each class of tests, which make buckets of their own. */
abstract class WithRealServer {
    @TempDir
    static Path folder;

    static RealServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RealServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }
}
