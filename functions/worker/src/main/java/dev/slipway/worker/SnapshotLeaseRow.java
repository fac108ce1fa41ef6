package dev.slipway.worker;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** A lease that is a row beside that of its migration; no app has a name with a slash. */
final class SnapshotLeaseRow implements SnapshotLease {
    private static final Duration KEPT = Duration.ofDays(30);

    private final DynamoDbClient dynamo;
    private final String table;
    private final Attempt attempt;
    private final Map<String, AttributeValue> key;

    SnapshotLeaseRow(DynamoDbClient dynamo, String table, Attempt attempt, String store) {
        this.dynamo = dynamo;
        this.table = table;
        this.attempt = attempt;
        this.key = key("snapshot/" + attempt.app() + "/" + attempt.number() + "/" + store);
    }

    @Override
    public void open(String holder) {
        long expires = Instant.now().plus(KEPT).getEpochSecond();
        dynamo.updateItem(request -> request.tableName(table)
                .key(key)
                .updateExpression(
                        "SET #holder = :holder, #renewals = :none, #expires = :expires REMOVE #closed, #error, #cause")
                .expressionAttributeNames(Map.of(
                        "#holder", "holder",
                        "#renewals", "renewals",
                        "#expires", "expires",
                        "#closed", "closed",
                        "#error", "error",
                        "#cause", "cause"))
                .expressionAttributeValues(Map.of(
                        ":holder", AttributeValue.fromS(holder),
                        ":none", AttributeValue.fromN("0"),
                        ":expires", AttributeValue.fromN(Long.toString(expires)))));
    }

    @Override
    public void renew(String holder) {
        try {
            dynamo.updateItem(request -> request.tableName(table)
                    .key(key)
                    .updateExpression("ADD #renewals :one")
                    .conditionExpression("#holder = :holder")
                    .expressionAttributeNames(Map.of("#renewals", "renewals", "#holder", "holder"))
                    .expressionAttributeValues(
                            Map.of(":one", AttributeValue.fromN("1"), ":holder", AttributeValue.fromS(holder))));
        } catch (ConditionalCheckFailedException superseded) {
            // The ledger on the target stops this worker; the lease is not its to renew.
            return;
        }
    }

    @Override
    public Optional<Term> read() {
        Map<String, AttributeValue> row = row(key);
        return row.isEmpty()
                ? Optional.empty()
                : Optional.of(new Term(
                        text(row, "holder"),
                        Long.parseLong(number(row, "renewals")),
                        row.containsKey("closed"),
                        attemptStands()));
    }

    private boolean attemptStands() {
        Map<String, AttributeValue> migration = row(key(attempt.app()));
        return number(migration, "attempt").equals(Integer.toString(attempt.number()))
                && text(migration, "phase").equals(Phase.FENCED.name());
    }

    private Map<String, AttributeValue> row(Map<String, AttributeValue> of) {
        return dynamo.getItem(request -> request.tableName(table).key(of).consistentRead(true))
                .item();
    }

    private static String text(Map<String, AttributeValue> row, String name) {
        return Optional.ofNullable(row.get(name)).map(AttributeValue::s).orElse("");
    }

    private static String number(Map<String, AttributeValue> row, String name) {
        return Optional.ofNullable(row.get(name)).map(AttributeValue::n).orElse("0");
    }

    private static Map<String, AttributeValue> key(String app) {
        return Map.of("app", AttributeValue.fromS(app));
    }
}
