package dev.slipway.local;

import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The deployed pipeline, by the outputs of its stack. */
public final class Pipeline {
    private final Map<String, String> outputs;
    private final DynamoDbClient dynamo = Clients.of(DynamoDbClient.builder());
    private final S3Client s3 = Clients.of(S3Client.builder());
    private final SfnClient machines = Clients.of(SfnClient.builder());

    public Pipeline(Map<String, String> outputs) {
        this.outputs = Map.copyOf(outputs);
    }

    /** A migration's row. */
    public record Row(Attempt attempt, Phase phase, String execution) {}

    public String machine(String name) {
        return Optional.ofNullable(outputs.get(name)).orElseThrow();
    }

    public String bucket() {
        return machine("Artifacts");
    }

    public JsonArtifacts artifacts() {
        return new JsonArtifacts(new S3Artifacts(s3, bucket()));
    }

    public S3Client s3() {
        return s3;
    }

    public SfnClient machines() {
        return machines;
    }

    /** Starts a migration, and answers its execution's ARN. */
    public String start(String input) {
        return machines.startExecution(request ->
                        request.stateMachineArn(machine("MigrationMachine")).input(input))
                .executionArn();
    }

    public Optional<Row> row(String app) {
        Map<String, AttributeValue> item = dynamo.getItem(request -> request.tableName(machine("Migrations"))
                        .key(Map.of("app", AttributeValue.fromS(app)))
                        .consistentRead(true))
                .item();
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(new Row(
                        new Attempt(app, Integer.parseInt(value(item, "attempt").n())),
                        Phase.valueOf(value(item, "phase").s()),
                        value(item, "execution").s()));
    }

    /** Writes a phase as if the migration were in it; for a demo that is to be played again. */
    public void pretend(String app, Phase phase) {
        dynamo.updateItem(request -> request.tableName(machine("Migrations"))
                .key(Map.of("app", AttributeValue.fromS(app)))
                .updateExpression("SET #phase = :phase")
                .expressionAttributeNames(Map.of("#phase", "phase"))
                .expressionAttributeValues(Map.of(":phase", AttributeValue.fromS(phase.name()))));
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }
}
