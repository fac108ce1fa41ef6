package dev.slipway.worker;

import dev.slipway.migration.Engine;
import dev.slipway.migration.StoreKind;
import dev.slipway.objects.ObjectsEngine;
import dev.slipway.objects.follow.FollowPace;
import dev.slipway.postgres.PostgresEngine;
import dev.slipway.postgres.tools.PostgresTools;
import dev.slipway.redis.RedisEngine;
import java.util.Map;

/** The engine for each kind of store; the environment says where pg_dump is, and where notes are kept. */
final class Engines {
    private Engines() {}

    static Engine of(StoreKind kind, Map<String, String> environment) {
        return switch (kind) {
            case POSTGRES -> new PostgresEngine(PostgresTools.find(environment));
            case REDIS -> new RedisEngine();
            case OBJECTS ->
                ObjectsEngine.following(
                        (source, target) -> CopyState.folder(source, target, environment), FollowPace.DEFAULT);
        };
    }
}
