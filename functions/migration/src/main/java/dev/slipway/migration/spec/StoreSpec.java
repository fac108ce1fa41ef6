package dev.slipway.migration.spec;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import java.util.Optional;

/**
 * What {@code slipway.yaml} says about one store.
 *
 * @param engine {@code postgres}, {@code redis}, {@code valkey}, {@code minio} or {@code folder}
 * @param url where the source is, secrets as {@code ${NAME}}
 * @param secret ARN of a Secrets Manager secret that holds the password
 * @param bucket what the target's bucket gets of the source's own settings
 * @param bytes how much is in it, for the plan's estimates
 * @param target what takes it on the target
 */
public record StoreSpec(
        Optional<StoreRole> role,
        Optional<String> engine,
        Optional<SourceUrl> url,
        Optional<String> secret,
        CopyPace pace,
        BucketSettings bucket,
        Optional<Long> bytes,
        StoreTarget target) {
    public static final StoreSpec DEFAULT = new StoreSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CopyPace.DEFAULT,
            BucketSettings.NONE,
            Optional.empty(),
            StoreTarget.DEFAULT);
}
