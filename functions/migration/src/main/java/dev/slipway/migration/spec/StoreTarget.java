package dev.slipway.migration.spec;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;

/**
 * What takes a store on the target is made like this.
 *
 * @param service which one takes a Postgres
 * @param proxy whether a Postgres is reached through RDS Proxy, which keeps the connections of many tasks together
 * @param replicas further servers that can be read, of a Redis in each shard; 0 without
 * @param shards of a Redis in cluster mode; 0: it has none
 * @param backupDays how long backups are kept; empty: as the size says
 * @param backupRegion where a copy of the backups lies
 * @param rotationDays how long the app comes by one of its two logins, neither of them the master's, before the other's turn; empty: it
 *     has the master's
 * @param cdn whether users read a bucket through CloudFront; empty: nobody said
 * @param cdnHost the name under which they do, e.g. {@code media.example.com}; empty: CloudFront's own
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StoreTarget(
        DatabaseService service,
        boolean proxy,
        int replicas,
        int shards,
        Optional<Integer> backupDays,
        Optional<String> backupRegion,
        Optional<Integer> rotationDays,
        Optional<Boolean> cdn,
        Optional<String> cdnHost) {
    public static final StoreTarget DEFAULT = new StoreTarget(
            DatabaseService.RDS,
            false,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Whether the app has two logins by turns. */
    public boolean rotates() {
        return rotationDays.isPresent();
    }
}
