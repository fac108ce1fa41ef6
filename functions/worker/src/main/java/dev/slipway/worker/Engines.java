package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Engine;
import dev.slipway.migration.FollowPlaces;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.objects.ObjectsEngine;
import dev.slipway.postgres.PostgresEngine;
import dev.slipway.postgres.tools.PostgresTools;
import dev.slipway.redis.RedisEngine;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The engine for each kind of store; the environment says where pg_dump is, and where notes are kept. */
final class Engines {
    private Engines() {}

    /** As commands use it. */
    static Engine of(StoreKind kind, Map<String, String> environment) {
        return of(kind, environment, CopyState.places(environment));
    }

    /** As the workers of a migration use it, of whom none has the notes of another but in the account. */
    static Engine of(PlannedStore store, WorkerSettings settings, Attempt attempt, JsonArtifacts artifacts) {
        return of(
                store.kind(),
                settings.environment(),
                new FollowPlacesInAccount(
                        attempt,
                        store.name(),
                        artifacts.artifacts(),
                        Clients.of(DynamoDbClient.builder()),
                        settings.table()));
    }

    private static Engine of(StoreKind kind, Map<String, String> environment, FollowPlaces places) {
        return switch (kind) {
            case POSTGRES -> new PostgresEngine(PostgresTools.find(environment));
            case REDIS -> new RedisEngine();
            case OBJECTS -> ObjectsEngine.following(places);
        };
    }
}
