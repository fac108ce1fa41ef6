package dev.slipway.worker;

import dev.slipway.blueprints.CacheAccess;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/**
 * An ElastiCache target, which is closed by its user's access string, since the server refuses CONFIG and ACL
 * (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html).
 */
record CacheUserAccess(ElastiCacheClient cache, String userId) implements TargetAccess {
    @Override
    public void close() {
        cache.modifyUser(request -> request.userId(userId).accessString(CacheAccess.READ));
    }

    @Override
    public void open() {
        cache.modifyUser(request -> request.userId(userId).accessString(CacheAccess.WRITE));
    }
}
