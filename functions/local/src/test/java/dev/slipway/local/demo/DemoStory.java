package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.local.Checkout;
import dev.slipway.local.LocalEnvironments;
import dev.slipway.local.LocalRun;
import dev.slipway.local.Pipeline;
import dev.slipway.local.RunFolder;
import dev.slipway.local.account.PythonEnvironments;
import dev.slipway.local.account.Questions;
import dev.slipway.local.check.OutsideCheck;
import dev.slipway.local.check.OutsideTools;
import dev.slipway.local.sample.SampleData;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Phase;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.report.Report;
import dev.slipway.report.ReportJson;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** A demo in an account of its own, whose executions a test starts, follows and breaks. */
final class DemoStory implements AutoCloseable {
    static final String APP = "crp-preschool";
    static final String INPUT = "{\"app\":\"" + APP + "\"}";

    /** Some states last no longer than a fifth of a second. */
    private static final Duration OFTEN = Duration.ofMillis(50);

    private final LocalRun run;
    private final Demo demo;

    private DemoStory(LocalRun run, Demo demo) {
        this.run = run;
        this.demo = demo;
    }

    static DemoStory prepare(SampleData data, int everySeconds, int heartbeatSeconds, Map<String, CopyPace> paces)
            throws IOException, InterruptedException {
        return prepare(new Demo.Options(APP, data, everySeconds, heartbeatSeconds, paces, Strategy.FREEZE));
    }

    /** An app whose stores follow, of so many rows and as many files and keys as go with them. */
    static DemoStory prepareLive(String app, Strategy strategy, long rows, int heartbeatSeconds)
            throws IOException, InterruptedException {
        return prepare(new Demo.Options(app, SampleData.withRows(rows), 1, heartbeatSeconds, Map.of(), strategy));
    }

    static DemoStory prepare(Demo.Options options) throws IOException, InterruptedException {
        Checkout checkout = Checkout.current();
        LocalEnvironments environments = LocalEnvironments.ensure(checkout, System.getenv(), System.err::println);
        LocalRun run = LocalRun.start(checkout, RunFolder.create(checkout, Instant.now()), environments);
        try {
            return new DemoStory(run, Demo.prepare(run, options));
        } catch (IOException | InterruptedException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    LocalRun run() {
        return run;
    }

    Demo demo() {
        return demo;
    }

    Pipeline pipeline() {
        return demo.pipeline();
    }

    Pipeline.Row row() {
        return pipeline().row(demo.app()).orElseThrow();
    }

    /** What a machine is started with. */
    String input() {
        return "{\"app\":\"" + demo.app() + "\"}";
    }

    String start() {
        return pipeline().start(input());
    }

    MigrationWatch.Ending follow(String execution, Consumer<MigrationWatch> hook) throws InterruptedException {
        return follow(demo.app(), execution, hook);
    }

    MigrationWatch.Ending follow(String app, String execution, Consumer<MigrationWatch> hook)
            throws InterruptedException {
        return new MigrationWatch(pipeline(), app, execution, event -> {}, OFTEN).follow(hook);
    }

    /** As a person stops it in the console, once it is in that state. */
    Consumer<MigrationWatch> stopIn(String state, String execution) {
        AtomicBoolean stopped = new AtomicBoolean();
        return watch -> {
            if (watch.hasEntered(state) && stopped.compareAndSet(false, true)) {
                pipeline().machines().stopExecution(request -> request.executionArn(execution));
            }
        };
    }

    /** Whom to ask what the account's services know. */
    Questions questions() throws IOException {
        return new Questions(
                run.environments().account(), run.account(), run.folder().path());
    }

    /** A whole attempt with something broken in it. */
    MigrationWatch.Ending attempt(Breakage breakage) throws IOException, InterruptedException {
        Breaker breaker = new Breaker(demo, breakage);
        breaker.prepare();
        return follow(start(), breaker);
    }

    /** The source writable again, all traffic on it, and a report that says which state failed. */
    Report expectRolledBack(MigrationWatch.Ending ending) throws IOException, InterruptedException {
        assertThat(ending.phase()).contains(Phase.ROLLED_BACK);
        assertThat(Visits.write(demo, page("/auth/messages")))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(201))
                .satisfies(answer ->
                        assertThat(answer.headers().firstValue("X-Routed-To")).contains("old"));
        Report report = report(ending.row().orElseThrow());
        assertThat(report.outcome()).isEqualTo(Report.Outcome.ROLLED_BACK);
        return report;
    }

    /** What the app's users call. */
    String page(String path) {
        return "http://" + demo.record() + path;
    }

    /** As a person gives the app back to its old side; returns when that has ended. */
    DescribeExecutionResponse rollBack() throws InterruptedException {
        String execution = pipeline()
                .machines()
                .startExecution(request -> request.stateMachineArn(pipeline().machine("RollbackMachine"))
                        .input(input()))
                .executionArn();
        DescribeExecutionResponse now = describe(execution);
        while (now.status() == ExecutionStatus.RUNNING) {
            Thread.sleep(OFTEN);
            now = describe(execution);
        }
        return now;
    }

    private DescribeExecutionResponse describe(String execution) {
        return pipeline().machines().describeExecution(request -> request.executionArn(execution));
    }

    Report report(Pipeline.Row row) throws IOException {
        return ReportJson.read(
                pipeline().artifacts().text(row.attempt().reportJson()).orElseThrow());
    }

    StoreResult result(MigrationWatch.Ending ending, StoreVerb verb, String store) {
        return pipeline().artifacts().read(ending.row().orElseThrow().attempt().result(verb, store), StoreResult.class);
    }

    /** The states that an execution has entered, in order. */
    List<String> states(String execution) {
        return history(execution).stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .map(event -> event.stateEnteredEventDetails().name())
                .toList();
    }

    List<HistoryEvent> history(String execution) {
        return pipeline()
                .machines()
                .getExecutionHistoryPaginator(request -> request.executionArn(execution))
                .events()
                .stream()
                .toList();
    }

    /** When an execution first entered a state. */
    Instant entered(String execution, String state) {
        return history(execution).stream()
                .filter(event -> event.stateEnteredEventDetails() != null
                        && event.stateEnteredEventDetails().name().equals(state))
                .findFirst()
                .orElseThrow()
                .timestamp();
    }

    /** An execution that the last attempt has nested, and that succeeded. */
    String nested(String machine, String name) {
        String whole = "m-" + demo.app() + "-" + row().attempt().number() + "-" + name;
        return pipeline()
                .machines()
                .listExecutions(request ->
                        request.stateMachineArn(pipeline().machine(machine)).statusFilter(ExecutionStatus.SUCCEEDED))
                .executions()
                .stream()
                .filter(found -> found.name().equals(whole))
                .findFirst()
                .orElseThrow()
                .executionArn();
    }

    /** What programs of others see to differ between the old side and the new one. */
    List<String> differences() {
        try {
            return outside().differences(source(), target());
        } catch (IOException e) {
            return List.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(e.toString());
        }
    }

    OutsideCheck.Side source() {
        return new OutsideCheck.Side(
                demo.source().postgresUrl(),
                demo.source().redisUrl(),
                demo.source().objects().url());
    }

    LiveStores oldStores() {
        StoreUrl objects = demo.source().objects().url();
        return new LiveStores(
                source(),
                objects.parameter("endpoint").isPresent()
                        ? s3At(objects)
                        : pipeline().s3());
    }

    LiveStores newStores() {
        return new LiveStores(target(), pipeline().s3());
    }

    /** Which side took a write of a page. */
    String answeredBy(String path) throws IOException, InterruptedException {
        return Visits.write(demo, page(path))
                .headers()
                .firstValue("X-Routed-To")
                .orElse("");
    }

    private static S3Client s3At(StoreUrl url) {
        return S3Client.builder()
                .forcePathStyle(true)
                .endpointOverride(URI.create(url.parameter("endpoint").orElseThrow()))
                .region(Region.of(url.parameter("region").orElseThrow()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        url.user().orElseThrow(), url.password().orElseThrow())))
                .build();
    }

    OutsideCheck.Side target() {
        return new OutsideCheck.Side(
                operator("postgres"),
                operator("redis"),
                StoreUrl.parse("s3://" + bucket(row().attempt()).orElseThrow()));
    }

    /** The bucket that the files go to, once it is made. */
    Optional<String> bucket(Attempt attempt) {
        return pipeline()
                .artifacts()
                .find(attempt.target(), TargetOutputs.class)
                .map(outputs -> outputs.value(LogicalName.of(demo.sample().objects()) + "Bucket"));
    }

    /** A session with a Postgres. */
    static Connection connect(StoreUrl url) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.host() + ":" + url.port(5432) + "/" + url.path(),
                url.user().orElseThrow(),
                url.password().orElseThrow());
    }

    /** A check by programs of others. */
    private OutsideCheck outside() {
        PythonEnvironments environments = new PythonEnvironments(
                run.checkout().own(), run.checkout().accountFolder(), System.getenv(), System.err::println);
        OutsideTools tools = new OutsideTools(
                environments.ensure(PythonEnvironments.POSTGRES).bin("psql"),
                environments.ensure(PythonEnvironments.REDIS).bin("redis-cli"),
                environments.ensure(PythonEnvironments.ACCOUNT).bin("aws"),
                run.account().environment());
        return new OutsideCheck(tools, run.folder().path().resolve("outside"));
    }

    /** A store of the target as whoever runs its server reaches it. */
    StoreUrl operator(String store) {
        String host = pipeline()
                .artifacts()
                .read(row().attempt().target(), TargetOutputs.class)
                .value(LogicalName.of(store) + "Host");
        return run.room()
                .operatorAt(host)
                .orElseThrow(() -> new AssertionError("no server answers as " + host + " of " + store));
    }

    @Override
    public void close() {
        run.close();
    }
}
