package dev.slipway.steps;

import dev.slipway.migration.Attempt;
import dev.slipway.migration.Phase;
import dev.slipway.migration.exception.StaleAttempt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The migrations in DynamoDB, changed by conditional writes only. */
final class MigrationTable implements Migrations {
    private final DynamoDbClient dynamo;
    private final String table;

    MigrationTable(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    @Override
    public Optional<Row> find(String app) {
        Map<String, AttributeValue> item = dynamo.getItem(
                        request -> request.tableName(table).key(key(app)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(row(app, item));
    }

    @Override
    public void advance(Attempt attempt, Set<Phase> from, Phase to) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":attempt", AttributeValue.fromN(Integer.toString(attempt.number())));
        values.put(":to", AttributeValue.fromS(to.name()));
        List<Phase> allowed = new TreeSet<>(from).stream().toList();
        StringBuilder names = new StringBuilder(":to");
        for (Phase phase : allowed) {
            values.put(":" + phase.name(), AttributeValue.fromS(phase.name()));
            names.append(", :").append(phase.name());
        }
        try {
            dynamo.updateItem(request -> request.tableName(table)
                    .key(key(attempt.app()))
                    .updateExpression("SET #phase = :to")
                    .conditionExpression("#attempt = :attempt AND #phase IN (" + names + ")")
                    .expressionAttributeNames(Map.of("#phase", "phase", "#attempt", "attempt"))
                    .expressionAttributeValues(values));
        } catch (ConditionalCheckFailedException e) {
            throw new StaleAttempt(
                    "move " + attempt.app() + " to " + to,
                    "a newer attempt or a rollback holds the migration",
                    "nothing is to be done here",
                    e);
        }
    }

    private static Row row(String app, Map<String, AttributeValue> item) {
        return new Row(
                new Attempt(app, Integer.parseInt(value(item, "attempt").n())),
                Phase.valueOf(value(item, "phase").s()),
                value(item, "execution").s());
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static Map<String, AttributeValue> key(String app) {
        return Map.of("app", AttributeValue.fromS(app));
    }
}
