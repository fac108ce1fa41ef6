package dev.slipway.worker;

import dev.slipway.migration.PairLock;
import dev.slipway.migration.exception.FollowFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A lock that is a row beside that of its migration; no app has a name with a slash. Who has it renews it. Whoever else sees it not
 * renewed for a while, by a clock of its own that no other one's has to agree with, takes it over; who could not renew it for a
 * shorter while does nothing more under it.
 */
final class PairLeaseRow implements PairLock {
    private static final Logger LOG = LoggerFactory.getLogger(PairLeaseRow.class);
    private static final Duration RENEWED = Duration.ofSeconds(3);
    private static final Duration SURE = Duration.ofSeconds(15);
    private static final Duration SILENT = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Map<String, String> NAMES =
            Map.of("#holder", "holder", "#renewals", "renewals", "#expires", "expires");

    private final DynamoDbClient dynamo;
    private final String table;
    private final Map<String, AttributeValue> key;
    private @Nullable Seen seen;

    PairLeaseRow(DynamoDbClient dynamo, String table, String name) {
        this.dynamo = dynamo;
        this.table = table;
        this.key = Map.of("app", AttributeValue.fromS(name));
    }

    /**
     * What another one's lease was.
     *
     * @param since when it was first seen so, by this machine's steady clock
     */
    private record Seen(String holder, String renewals, long since) {
        boolean isStill(Seen now) {
            return holder.equals(now.holder) && renewals.equals(now.renewals);
        }

        boolean isSilent() {
            return System.nanoTime() - since > SILENT.toNanos();
        }
    }

    @Override
    public synchronized Optional<Hold> tryTake() {
        Optional<Seen> now = look();
        if (now.isEmpty()) {
            seen = null;
            return take("attribute_not_exists(#holder)", Map.of());
        }
        Seen before = seen;
        if (before == null || !before.isStill(now.get())) {
            seen = now.get();
            return Optional.empty();
        }
        return before.isSilent()
                ? take(
                        "#holder = :theirs AND #renewals = :then",
                        Map.of(
                                ":theirs", AttributeValue.fromS(before.holder),
                                ":then", AttributeValue.fromN(before.renewals)))
                : Optional.empty();
    }

    private Optional<Seen> look() {
        Map<String, AttributeValue> row = dynamo.getItem(
                        request -> request.tableName(table).key(key).consistentRead(true))
                .item();
        AttributeValue holder = row.get("holder");
        AttributeValue renewals = row.get("renewals");
        return holder == null || renewals == null
                ? Optional.empty()
                : Optional.of(new Seen(holder.s(), renewals.n(), System.nanoTime()));
    }

    private Optional<Hold> take(String condition, Map<String, AttributeValue> theirs) {
        String holder = UUID.randomUUID().toString();
        long asked = System.nanoTime();
        Map<String, AttributeValue> values = new HashMap<>(theirs);
        values.put(":holder", AttributeValue.fromS(holder));
        values.put(":none", AttributeValue.fromN("0"));
        values.put(
                ":expires",
                AttributeValue.fromN(Long.toString(Instant.now().plus(KEPT).getEpochSecond())));
        try {
            dynamo.updateItem(request -> request.tableName(table)
                    .key(key)
                    .updateExpression("SET #holder = :holder, #renewals = :none, #expires = :expires")
                    .conditionExpression(condition)
                    .expressionAttributeNames(NAMES)
                    .expressionAttributeValues(values));
        } catch (ConditionalCheckFailedException another) {
            return Optional.empty();
        }
        seen = null;
        return Optional.of(new Lease(holder, asked));
    }

    /** One that is renewed until it is closed. */
    private final class Lease implements Hold {
        private final String holder;
        private final Thread thread = Thread.ofVirtual().name("pair-lease").unstarted(this::renew);
        private volatile long renewed;

        private Lease(String holder, long renewed) {
            this.holder = holder;
            this.renewed = renewed;
            thread.start();
        }

        @Override
        public void require() {
            if (System.nanoTime() - renewed > SURE.toNanos()) {
                throw new FollowFailed(
                        "work on two stores of which one follows the other",
                        "the lease on them could not be renewed in time",
                        "another worker goes on with them");
            }
        }

        private void renew() {
            try {
                while (true) {
                    Thread.sleep(RENEWED);
                    renewOnce();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void renewOnce() {
            long asked = System.nanoTime();
            try {
                dynamo.updateItem(request -> request.tableName(table)
                        .key(key)
                        .updateExpression("ADD #renewals :one")
                        .conditionExpression("#holder = :holder")
                        .expressionAttributeNames(Map.of("#renewals", "renewals", "#holder", "holder"))
                        .expressionAttributeValues(
                                Map.of(":one", AttributeValue.fromN("1"), ":holder", AttributeValue.fromS(holder))));
                renewed = asked;
            } catch (SdkException notNow) {
                if (!Thread.currentThread().isInterrupted()) {
                    LOG.warn("The lease {} was not renewed: {}", key, notNow.getMessage());
                }
            }
        }

        /** Where it cannot be given back, it ends by itself. */
        @Override
        public void close() {
            thread.interrupt();
            try {
                dynamo.deleteItem(request -> request.tableName(table)
                        .key(key)
                        .conditionExpression("#holder = :holder")
                        .expressionAttributeNames(Map.of("#holder", "holder"))
                        .expressionAttributeValues(Map.of(":holder", AttributeValue.fromS(holder))));
            } catch (SdkException notNow) {
                LOG.warn("The lease {} was not given back: {}", key, notNow.getMessage());
            }
        }
    }
}
