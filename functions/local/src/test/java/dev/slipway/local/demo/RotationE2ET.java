package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.TargetOutputs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Turns of the logins of an app that has moved: no login of a running task is ever refused, whatever becomes of the turn. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotationE2ET {
    private static final int LOOKS = 3_000;
    private static final int BETWEEN_LOOKS_MILLIS = 100;

    private DemoStory story;
    private FlatSecrets secrets;
    private RunningTasks tasks;
    private ReconnectingClient client;
    private Map<String, Object> images;

    @BeforeAll
    void move() throws Exception {
        story = DemoStory.prepare(SampleData.withRows(300), 1, 10, Map.of());
        secrets = new FlatSecrets(Clients.of(SecretsManagerClient.builder()));
        askForRotation();
        MigrationWatch.Ending ending = story.follow(story.start(), watch -> {});
        assertThat(ending.phase()).as(ending.cause()).contains(Phase.COMPLETE);
        tasks = new RunningTasks(story.run().account().endpoint().toString());
        images = StrictJson.mapper().readValue(story.run().folder().images().toFile(), new TypeReference<>() {});
        client = ReconnectingClient.start(tasks, story.operator("postgres"));
    }

    private void askForRotation() {
        String key = "apps/" + DemoStory.APP + "/slipway.yaml";
        String said = story.pipeline().artifacts().text(key).orElseThrow();
        story.pipeline().artifacts().writeText(key, said + "\nstores: {postgres: {rotation: 7d}}\n");
    }

    @AfterAll
    void close() {
        client.close();
        story.close();
    }

    @AfterEach
    void neverRefusesALoginOfARunningTask() {
        assertThat(client.refusals()).isEmpty();
        assertThat(client.sessions()).isPositive();
    }

    @Test
    @Order(1)
    void hasAClockThatStartsTheFirstTurnAfterItsDays() {
        GetScheduleResponse schedule = Clients.of(SchedulerClient.builder())
                .getSchedule(request -> request.name("slipway-" + DemoStory.APP + "-rotation"));
        assertThat(schedule.scheduleExpression()).isEqualTo("rate(7 days)");
        assertThat(schedule.startDate()).isAfter(Instant.now().plus(Duration.ofDays(6)));
        assertThat(schedule.target().arn()).isEqualTo(story.pipeline().machine("RotationMachine"));
        assertThat(schedule.target().input()).isEqualTo(DemoStory.INPUT);
    }

    @Test
    @Order(2)
    void changesBothPasswordsInTwoTurnsAndThoseOfNoOtherTime() throws Exception {
        Map<Integer, String> first = passwords();
        assertThat(inUse()).containsExactly("slipway_app_1");

        expectTurned(turn(DemoStory.INPUT));
        Map<Integer, String> second = passwords();
        assertThat(inUse()).containsExactly("slipway_app_2");
        assertThat(second.get(1)).isEqualTo(first.get(1));
        assertThat(second.get(2)).isNotEqualTo(first.get(2));

        expectTurned(turn(DemoStory.INPUT));
        assertThat(inUse()).containsExactly("slipway_app_1");
        assertThat(passwords().get(2)).isEqualTo(second.get(2));
        assertThat(passwords().get(1)).isNotEqualTo(first.get(1));
        assertThat(answers(1, first.getOrDefault(1, "")))
                .as("the password before")
                .isFalse();
    }

    /** Stopped in the last state, the turn may be settled all the same; then what is started is the next one. */
    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "Begin the turn,1",
        "Stop earlier workers,1",
        "Renew the passwords,1",
        "Tell the databases,1",
        "Give the other login,1",
        "Deploy services anew,1",
        "Settle the turn,2"
    })
    void goesOnWithATurnThatWasStoppedAnywhere(String state, int most) throws Exception {
        int before = turns();
        Map<Integer, String> passwords = passwords();
        stopIn(state, begin(DemoStory.INPUT));

        expectTurned(turn(DemoStory.INPUT));

        assertThat(turns() - before).isBetween(1, most);
        assertThat(passwords().entrySet().stream().filter(now -> !now.getValue().equals(passwords.get(now.getKey()))))
                .as("each turn has changed one password, and once")
                .hasSize(turns() - before);
        assertThat(inUse()).containsExactly("slipway_app_" + (turns() % 2 + 1));
    }

    @Test
    @Order(4)
    void leavesOneTurnAtATime() throws Exception {
        String first = begin(DemoStory.INPUT);
        await(() -> story.states(first).contains("Deploy services anew"));
        DescribeExecutionResponse second = turn(DemoStory.INPUT);
        assertThat(second.error()).isEqualTo("dev.slipway.migration.exception.MigrationLocked");
        assertThat(second.cause())
                .isEqualTo("Tried to turn the logins of crp-preschool but the execution " + first
                        + " is at it: wait for its end");
        await(() -> describe(first).status() != ExecutionStatus.RUNNING);
        expectTurned(describe(first));
    }

    @Test
    @Order(5)
    void goesBackWhereAServiceDoesNotBecomeSteady() throws Exception {
        String before = inUse().iterator().next();
        breakFor(before.equals("slipway_app_1") ? "slipway_app_2" : "slipway_app_1");

        DescribeExecutionResponse end = turn(DemoStory.INPUT);

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(end.error()).isEqualTo("dev.slipway.migration.exception.DeployFailed");
        assertThat(end.cause())
                .startsWith("Tried to deploy the service ")
                .contains(" anew with its other login but ECS deployment circuit breaker: tasks failed to start.")
                .contains("a task ended with exit code 3 (Essential container in task exited)")
                .endsWith("mend what that says and start the machine again; the app has the login before");
        assertThat(inUse()).containsExactly(before);
        assertThat(story.states(end.executionArn())).endsWith("Settle the way back", "Not turned");
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(strings = {"Give the login before", "Deploy services as before", "Settle the way back"})
    void goesBackTheWholeWayThoughItIsStoppedOnIt(String state) throws Exception {
        String before = inUse().iterator().next();
        breakFor(before.equals("slipway_app_1") ? "slipway_app_2" : "slipway_app_1");
        stopIn(state, begin(DemoStory.INPUT));

        DescribeExecutionResponse end = turn(DemoStory.INPUT);

        assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(inUse()).containsExactly(before);
    }

    @Test
    @Order(7)
    void turnsAgainOnceTheServiceRuns() throws Exception {
        String before = inUse().iterator().next();
        breakFor("nobody");
        expectTurned(turn(DemoStory.INPUT));
        assertThat(inUse()).doesNotContain(before).hasSize(1);
        assertNoPasswordIsTold();
    }

    @Test
    @Order(8)
    void refusesAnAppThatHasNoneOrIsNone() throws Exception {
        assertThat(turn("{\"app\":\"nobody\"}").cause())
                .isEqualTo(
                        "Tried to turn the logins of nobody but there is no migration of that app: name another one");
        assertThat(turn("{\"apps\":\"crp-preschool\"}").cause())
                .startsWith("Tried to read the execution's input but it names no app");
    }

    private void expectTurned(DescribeExecutionResponse end) {
        assertThat(end.status()).as(end.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        passwords()
                .forEach((login, password) -> assertThat(answers(login, password))
                        .as("login %d has the password of its secret", login)
                        .isTrue());
    }

    /** Neither in an execution nor in a worker's or a function's log. */
    private void assertNoPasswordIsTold() {
        String told = story
                .pipeline()
                .machines()
                .listExecutionsPaginator(
                        request -> request.stateMachineArn(story.pipeline().machine("RotationMachine")))
                .executions()
                .stream()
                .flatMap(execution -> story.history(execution.executionArn()).stream())
                .map(Object::toString)
                .collect(Collectors.joining());
        assertThat(told).contains("Renew the passwords");
        passwords().values().forEach(password -> assertThat(told).doesNotContain(password));
    }

    /** An app that knows one login only: its image is the same. */
    private void breakFor(String login) throws Exception {
        story.run()
                .images(images.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, image -> wrapped((Map<?, ?>) image.getValue(), login))));
    }

    private static Map<?, ?> wrapped(Map<?, ?> image, String login) {
        String script = "case \"$DATABASE_URL\" in *" + login
                + ":*) echo this login is none of mine; exit 3;; esac; exec \"$@\"";
        List<Object> argv = Stream.concat(
                        Stream.<Object>of("/bin/sh", "-c", script, "sh"),
                        ((List<?>) Objects.requireNonNull(image.get("argv"))).stream())
                .toList();
        return Map.of("argv", argv, "environment", Objects.requireNonNull(image.get("environment")));
    }

    /** The users that the tasks come by. */
    private Set<String> inUse() {
        return tasks.logins().stream().map(login -> login.user().orElseThrow()).collect(Collectors.toSet());
    }

    private Map<Integer, String> passwords() {
        TargetOutputs target =
                story.pipeline().artifacts().read(story.row().attempt().target(), TargetOutputs.class);
        return Map.of(1, password(target, 1), 2, password(target, 2));
    }

    private String password(TargetOutputs target, int login) {
        return secrets.read(target.value("PostgresLogin" + login + "SecretArn")).getOrDefault("password", "");
    }

    private boolean answers(int login, String password) {
        StoreUrl url = story.operator("postgres").withLogin("slipway_app_" + login, password);
        try (Connection connection = DemoStory.connect(url)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** How many were begun. */
    private int turns() {
        String table = story.pipeline().machine("Migrations");
        Map<String, AttributeValue> key = Map.of("app", AttributeValue.fromS("rotation/" + DemoStory.APP));
        Map<String, AttributeValue> row = Clients.of(DynamoDbClient.builder())
                .getItem(request -> request.tableName(table).key(key).consistentRead(true))
                .item();
        return Integer.parseInt(Objects.requireNonNull(row.get("number")).n());
    }

    private void stopIn(String state, String execution) throws InterruptedException {
        await(() ->
                story.states(execution).contains(state) || describe(execution).status() != ExecutionStatus.RUNNING);
        story.pipeline().machines().stopExecution(request -> request.executionArn(execution));
        await(() -> describe(execution).status() != ExecutionStatus.RUNNING);
        assertThat(describe(execution).status()).as(describe(execution).cause()).isEqualTo(ExecutionStatus.ABORTED);
    }

    private DescribeExecutionResponse turn(String input) throws InterruptedException {
        String execution = begin(input);
        await(() -> describe(execution).status() != ExecutionStatus.RUNNING);
        return describe(execution);
    }

    private String begin(String input) {
        return story.pipeline()
                .machines()
                .startExecution(
                        request -> request.stateMachineArn(story.pipeline().machine("RotationMachine"))
                                .input(input))
                .executionArn();
    }

    private DescribeExecutionResponse describe(String execution) {
        return story.pipeline().machines().describeExecution(request -> request.executionArn(execution));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int look = 0; look < LOOKS && !condition.getAsBoolean(); look++) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
