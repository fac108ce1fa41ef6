package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.StoreTarget;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store and what takes its place.
 *
 * @param version of the source, as its image says; empty where unknown
 * @param sourceUrl where a worker reads it
 * @param target in words, e.g. {@code Amazon RDS for PostgreSQL}
 * @param targetVersion engine version on the target; empty for a bucket
 * @param instance e.g. {@code db.t4g.micro}; empty for a bucket
 * @param storageGb of the database; 0 where it does not apply
 * @param mostStorageGb how far that grows by itself; 0 where it does not apply
 * @param database name of the database on the target; empty where it does not apply
 * @param standbys servers that take over, of each shard; those of {@code options.replicas} come to it
 * @param backupDays how long backups are kept; 0 where there are none
 * @param parameters what the engine is told beside the target's own, e.g. {@code maxmemory-policy}
 * @param options what slipway.yaml asks of what takes it
 * @param bucket settings of a bucket beside its objects, as the source has them
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PlannedStore(
        String name,
        StoreKind kind,
        String engine,
        String version,
        StoreRole role,
        Optional<SourceUrl> sourceUrl,
        String target,
        String targetVersion,
        String instance,
        int storageGb,
        int mostStorageGb,
        String database,
        int standbys,
        int backupDays,
        Map<String, String> parameters,
        StoreTarget options,
        CopyPace pace,
        BucketSettings bucket) {
    public PlannedStore {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /**
     * Whether users read it through CloudFront, where whoever knows an object's path can: a folder's files, which the app has shown
     * them itself, unless told not to; a bucket only where that is asked for.
     */
    public boolean hasCdn() {
        return kind == StoreKind.OBJECTS && options.cdn().orElse(engine.equals("folder"));
    }
}
