package dev.slipway.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server for all tests of a class. */
abstract class WithDatabases {
    @TempDir
    static Path folder;

    static Databases databases;

    @BeforeAll
    static void startServer() throws IOException {
        databases = new Databases(folder);
    }

    @AfterAll
    static void stopServer() {
        databases.close();
    }
}
