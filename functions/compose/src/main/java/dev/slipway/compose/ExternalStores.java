package dev.slipway.compose;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.StoreSpec;
import java.util.List;
import java.util.Optional;

/** Makes a store out of what slipway.yaml says alone. */
final class ExternalStores {
    private ExternalStores() {}

    static AppStore of(String name, StoreSpec said) {
        String scheme = said.url().map(SourceUrl::text).orElse("").replaceFirst(":.*", "");
        StoreKind kind = said.engine().map(StoreReader::kind).orElseGet(() -> kind(scheme));
        return new AppStore(
                name,
                kind,
                said.engine().orElseGet(() -> engine(kind, scheme)),
                "",
                Optional.empty(),
                said.role().orElse(StoreRole.RECORD),
                said.url(),
                List.of());
    }

    private static StoreKind kind(String scheme) {
        return switch (scheme) {
            case "postgres", "postgresql" -> StoreKind.POSTGRES;
            case "redis", "rediss" -> StoreKind.REDIS;
            default -> StoreKind.OBJECTS;
        };
    }

    private static String engine(StoreKind kind, String scheme) {
        return switch (kind) {
            case POSTGRES -> "postgres";
            case REDIS -> "redis";
            case OBJECTS -> scheme.equals("file") ? "folder" : "bucket";
        };
    }
}
