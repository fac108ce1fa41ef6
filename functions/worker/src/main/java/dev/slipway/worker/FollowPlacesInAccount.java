package dev.slipway.worker;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.FollowPlaces;
import dev.slipway.migration.PairPlace;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The notes of a migration's store lie among its artifacts, and workers take turns by a lease; the target is the migration's own. */
record FollowPlacesInAccount(Attempt attempt, String store, Artifacts artifacts, DynamoDbClient dynamo, String table)
        implements FollowPlaces {
    private static final int SHORT = 16;

    @Override
    public Optional<PairPlace> of(StoreUrl source, StoreUrl target) {
        String pair = Sha256.hex((source + "\n" + target).getBytes(StandardCharsets.UTF_8))
                .substring(0, SHORT);
        String prefix = attempt.followed(store) + "/" + pair;
        return Optional.of(new PairPlace(
                artifacts.location(prefix),
                new CopyNotes(artifacts, prefix),
                new PairLeaseRow(dynamo, table, "follow/" + attempt.app() + "/" + store + "/" + pair),
                /* owned= */ true));
    }
}
