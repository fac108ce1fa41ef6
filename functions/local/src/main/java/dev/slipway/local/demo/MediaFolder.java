package dev.slipway.local.demo;

import dev.slipway.migration.StoreUrl;
import java.nio.file.Path;
import java.util.Map;

/** A folder of files. */
record MediaFolder(Path folder) implements SourceObjects {

    @Override
    public StoreUrl url() {
        return StoreUrl.parse(folder.toUri().toString());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("MEDIA_DIR", folder.toString());
    }

    @Override
    public void close() {
        // It stays with the run.
    }
}
