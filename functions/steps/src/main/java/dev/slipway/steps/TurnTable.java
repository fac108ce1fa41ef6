package dev.slipway.steps;

import dev.slipway.migration.exception.MigrationLocked;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The turns in DynamoDB, each a row beside that of its migration; no app has a name with a slash. */
final class TurnTable implements Turns {
    private static final String SAME = "#number = :number AND #stage = :stage AND #execution = :execution";

    private final DynamoDbClient dynamo;
    private final String table;

    TurnTable(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    @Override
    public Optional<Turn> find(String app) {
        Map<String, AttributeValue> item = dynamo.getItem(
                        request -> request.tableName(table).key(key(app)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(turn(item));
    }

    @Override
    public void take(String app, Optional<Turn> found, Turn turn) {
        if (!put(app, found, turn)) {
            throw new MigrationLocked(
                    "turn the logins of " + app,
                    "another execution has just begun to",
                    "wait for its end, which is that of this turn");
        }
    }

    @Override
    public Turn advance(String app, String execution, Set<Turn.Stage> from, Turn.Stage to) {
        Set<Turn.Stage> at = EnumSet.of(to);
        at.addAll(from);
        Turn found = require(app, execution, at);
        Turn moved = found.at(to);
        if (!put(app, Optional.of(found), moved)) {
            throw Turns.stale(app);
        }
        return moved;
    }

    /** Whether what was found still stood there. */
    private boolean put(String app, Optional<Turn> found, Turn turn) {
        try {
            dynamo.putItem(request -> {
                request.tableName(table).item(item(app, turn));
                found.ifPresentOrElse(
                        before -> request.conditionExpression(SAME)
                                .expressionAttributeNames(
                                        Map.of("#number", "number", "#stage", "stage", "#execution", "execution"))
                                .expressionAttributeValues(Map.of(
                                        ":number", number(before.number()),
                                        ":stage",
                                                AttributeValue.fromS(
                                                        before.stage().name()),
                                        ":execution", AttributeValue.fromS(before.execution()))),
                        () -> request.conditionExpression("attribute_not_exists(app)"));
            });
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, AttributeValue> item(String app, Turn turn) {
        return Map.of(
                "app", AttributeValue.fromS(row(app)),
                "number", number(turn.number()),
                "attempt", number(turn.attempt()),
                "login", number(turn.login()),
                "stage", AttributeValue.fromS(turn.stage().name()),
                "execution", AttributeValue.fromS(turn.execution()));
    }

    private static Turn turn(Map<String, AttributeValue> item) {
        return new Turn(
                Integer.parseInt(value(item, "number").n()),
                Integer.parseInt(value(item, "attempt").n()),
                Integer.parseInt(value(item, "login").n()),
                Turn.Stage.valueOf(value(item, "stage").s()),
                value(item, "execution").s());
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private static AttributeValue number(int number) {
        return AttributeValue.fromN(Integer.toString(number));
    }

    private static Map<String, AttributeValue> key(String app) {
        return Map.of("app", AttributeValue.fromS(row(app)));
    }

    private static String row(String app) {
        return "rotation/" + app;
    }
}
