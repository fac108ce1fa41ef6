package dev.slipway.worker;

import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/**
 * An ElastiCache target, which is closed by its user's access string, since the server refuses CONFIG and ACL
 * (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html).
 */
record CacheUserAccess(ElastiCacheClient cache, String userId) implements TargetAccess {
    private static final String READ = "on ~* &* -@all +@read +@connection +@transaction +info +select";
    private static final String WRITE = "on ~* &* +@all -@admin -@dangerous +info +keys";

    @Override
    public void close() {
        cache.modifyUser(request -> request.userId(userId).accessString(READ));
    }

    @Override
    public void open() {
        cache.modifyUser(request -> request.userId(userId).accessString(WRITE));
    }
}
