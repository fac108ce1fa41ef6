package dev.slipway.worker;

import dev.slipway.blueprints.CacheAccess;
import dev.slipway.migration.AppAccess;
import dev.slipway.migration.exception.FenceBroken;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.DescribeUsersResponse;

/**
 * An ElastiCache target, which is closed by its user's access string, since the server refuses CONFIG and ACL
 * (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html). The service says of a user that it is "modifying"
 * until its servers have the new string.
 */
record CacheUserAccess(ElastiCacheClient cache, String userId) implements AppAccess {
    private static final String TAKEN_OVER = "active";
    private static final WaiterOverrideConfiguration PATIENCE = WaiterOverrideConfiguration.builder()
            .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(250)))
            .maxAttempts(Integer.MAX_VALUE)
            .waitTimeout(Duration.ofMinutes(2))
            .build();

    @Override
    public void close() {
        give(CacheAccess.READ);
    }

    @Override
    public void open() {
        give(CacheAccess.WRITE);
    }

    private void give(String accessString) {
        String status = cache.modifyUser(request -> request.userId(userId).accessString(accessString))
                .status();
        if (!TAKEN_OVER.equals(status)) {
            await();
        }
    }

    private void await() {
        try {
            Waiter.builder(DescribeUsersResponse.class)
                    .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(CacheUserAccess::isTakenOver))
                    .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(users -> true))
                    .overrideConfiguration(PATIENCE)
                    .build()
                    .run(() -> cache.describeUsers(request -> request.userId(userId)));
        } catch (SdkClientException e) {
            throw new FenceBroken(
                    "change what the user " + userId + " may do in the cache",
                    String.valueOf(e.getMessage()),
                    "see the user in the ElastiCache console, and start again",
                    e);
        }
    }

    private static boolean isTakenOver(DescribeUsersResponse users) {
        return users.users().stream().allMatch(user -> TAKEN_OVER.equals(user.status()));
    }
}
