package dev.slipway.migration.app;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import java.util.List;
import java.util.Optional;

/**
 * Something that keeps the app's data.
 *
 * @param name the compose service, or the volume or folder
 * @param engine what it is: {@code postgres}, {@code redis}, {@code valkey}, {@code minio} or {@code folder}
 * @param version as the image's tag says; empty where unknown
 * @param service the compose service that is its server; empty for a folder
 * @param source where Slipway reaches it; empty where nothing says so
 * @param mounts the services that have a folder mounted, and where
 */
public record AppStore(
        String name,
        StoreKind kind,
        String engine,
        String version,
        Optional<String> service,
        StoreRole role,
        Optional<SourceUrl> source,
        List<Mount> mounts) {
    public AppStore {
        mounts = List.copyOf(mounts);
    }

    /** A folder as one service sees it. */
    public record Mount(String service, String path) {}
}
