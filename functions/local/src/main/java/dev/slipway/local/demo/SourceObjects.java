package dev.slipway.local.demo;

import dev.slipway.migration.StoreUrl;
import java.util.Map;

/** Where an app keeps its files before it moves. */
interface SourceObjects extends AutoCloseable {
    /** As whoever runs it reaches it. */
    StoreUrl url();

    /** What the compose file's variables are, for its .env. */
    Map<String, String> environment();

    @Override
    void close();
}
