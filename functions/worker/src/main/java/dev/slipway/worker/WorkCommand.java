package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Engine;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Does one verb on one store of a migration and answers the token of the state that waits: what the machine starts as a task. */
@Command(name = "work", hidden = true, description = "What the state machine's workers run.")
final class WorkCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkCommand.class);
    private static final int SUPERSEDED = 3;

    @Parameters(paramLabel = "VERB")
    private String verb = "";

    @Option(names = "--app", required = true)
    private String app = "";

    @Option(names = "--attempt", required = true)
    private int attempt;

    @Option(names = "--store", required = true)
    private String store = "";

    @Option(names = "--try", defaultValue = "1")
    private int tries;

    @Override
    public Integer call() {
        WorkerSettings settings = WorkerSettings.fromEnvironment();
        Answer answer = settings.token()
                .<Answer>map(token -> new TokenAnswer(Clients.of(SfnClient.builder()), token))
                .orElseGet(PrintedAnswer::new);
        try {
            StoreResult result = beating(answer, settings);
            answer.succeed(StrictJson.mapper()
                    .writeValueAsString(Map.of("store", store, "outcome", result.outcome(), "items", result.items())));
            return 0;
        } catch (SlipwayException e) {
            LOG.error("{}", e.getMessage(), e);
            answer.fail(e.getClass().getName(), String.valueOf(e.getMessage()));
            return 2;
        } catch (RuntimeException | JsonProcessingException e) {
            LOG.error("Uncaught", e);
            answer.fail(
                    e.getClass().getName(), "Tried to " + verb + " " + store + " but " + e + ": read the worker's log");
            return 2;
        }
    }

    /** The heart stops before the answer is sent: a beat after it would be refused. */
    private StoreResult beating(Answer answer, WorkerSettings settings) {
        try (Heartbeat _ = Heartbeat.start(answer, settings.heartbeat(), WorkCommand::superseded)) {
            return work(settings);
        }
    }

    /** Another worker has the store by now; whatever is under way must not be finished. */
    private static void superseded() {
        LOG.error("Another worker has this store by now: stopping at once");
        Runtime.getRuntime().halt(SUPERSEDED);
    }

    private StoreResult work(WorkerSettings settings) {
        StoreVerb wanted = StoreVerb.of(verb);
        Attempt of = new Attempt(app, attempt);
        JsonArtifacts artifacts = new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket()));
        Engine engine = Engines.of(kindOf(artifacts.read(of.plan(), Plan.class)), settings.environment());
        StoreSides sides = StoreSides.of(
                of, store, engine, artifacts, new FlatSecrets(Clients.of(SecretsManagerClient.builder())));
        Instant started = Instant.now();
        try (ProgressNote progress = new ProgressNote(artifacts, of.progress(store), store, wanted)) {
            StoreWork.Done done = new StoreWork(of, store, engine, artifacts, sides, progress).perform(wanted);
            StoreResult result = result(wanted, started, done);
            artifacts.write(of.result(wanted, store), result);
            new WorkerMetrics(Clients.of(CloudWatchClient.builder())).put(app, result);
            StoreWork.requireSame(store, done);
            return result;
        }
    }

    private StoreKind kindOf(Plan plan) {
        return plan.store(store)
                .map(PlannedStore::kind)
                .orElseThrow(() -> new InvalidInput(
                        "work on the store " + store,
                        "the plan of " + app + " has none of that name",
                        "name one of it"));
    }

    private StoreResult result(StoreVerb wanted, Instant started, StoreWork.Done done) {
        return new StoreResult(
                store,
                wanted,
                done.outcome(),
                tries,
                started,
                Instant.now(),
                done.items(),
                done.bytes(),
                done.detail(),
                done.differences());
    }
}
