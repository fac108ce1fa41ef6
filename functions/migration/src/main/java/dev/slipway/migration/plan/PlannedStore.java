package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import java.util.Optional;

/**
 * A store and what takes its place.
 *
 * @param version of the source, as its image says; empty where unknown
 * @param sourceUrl where a worker reads it
 * @param target in words, e.g. {@code Amazon RDS for PostgreSQL}
 * @param targetVersion engine version on the target; empty for a bucket
 * @param instance e.g. {@code db.t4g.micro}; empty for a bucket
 * @param storageGb of the database; 0 where it does not apply
 * @param database name of the database on the target; empty where it does not apply
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
        String database,
        CopyPace pace,
        BucketSettings bucket) {}
