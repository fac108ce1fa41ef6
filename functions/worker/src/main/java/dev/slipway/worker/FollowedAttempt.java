package dev.slipway.worker;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.Phase;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whether an attempt still needs its targets to follow, or after the cutover its sources. */
record FollowedAttempt(DynamoDbClient dynamo, String table, Attempt attempt) {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedAttempt.class);
    private static final Set<String> FOLLOWED = Stream.of(
                    Phase.SNAPSHOTTED,
                    Phase.FOLLOWING,
                    Phase.DEPLOYED,
                    Phase.SHIFTING,
                    Phase.SHIFTED,
                    Phase.CUTTING_OVER)
            .map(Phase::name)
            .collect(Collectors.toUnmodifiableSet());

    /** As long as nothing says otherwise. */
    boolean stands() {
        try {
            Map<String, AttributeValue> row = dynamo.getItem(request -> request.tableName(table)
                            .key(Map.of("app", AttributeValue.fromS(attempt.app())))
                            .consistentRead(true))
                    .item();
            return Integer.toString(attempt.number()).equals(text(row, "attempt"))
                    && (FOLLOWED.contains(text(row, "phase")) || row.containsKey("back"));
        } catch (SdkException passing) {
            LOG.warn("The migration could not be read: {}", passing.getMessage());
            return true;
        }
    }

    private static String text(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.getOrDefault(name, AttributeValue.fromS(""));
        return value.n() == null ? value.s() : value.n();
    }
}
