package dev.slipway.objects.follow;

import dev.slipway.migration.StoreUrl;
import java.nio.file.Path;
import java.util.Optional;

/** Where it is remembered what was done between two stores: a folder of this machine for each pair, which its copies use too. */
@FunctionalInterface
public interface FollowFolders {
    /** Empty where nothing can be written there. */
    Optional<Path> of(StoreUrl source, StoreUrl target);
}
