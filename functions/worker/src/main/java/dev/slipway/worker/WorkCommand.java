package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.account.Clients;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.SlipwayException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Does one verb on one store of a migration and answers the token of the state that waits: what the machine starts as a task. */
@Command(name = "work", hidden = true, description = "What the state machine's workers run.")
final class WorkCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkCommand.class);

    @Parameters(paramLabel = "VERB")
    private String verb = "";

    @Option(names = "--app", required = true)
    private String app = "";

    @Option(names = "--attempt", required = true)
    private int attempt;

    @Option(names = "--store", required = true)
    private String store = "";

    @Option(names = "--shard", description = "Which one, where the verb is shard.", defaultValue = "")
    private String shard = "";

    @Option(names = "--try", defaultValue = "1")
    private int tries;

    @Override
    public Integer call() {
        WorkerSettings settings = WorkerSettings.fromEnvironment();
        Answer answer = settings.token()
                .<Answer>map(token -> new TokenAnswer(Clients.of(SfnClient.builder()), token))
                .orElseGet(PrintedAnswer::new);
        try {
            if (verb.equals(ImageWork.VERB)) {
                Map<String, Object> told = new ImageWork(settings, new Attempt(app, attempt)).perform(answer);
                answer.succeed(StrictJson.mapper().writeValueAsString(told));
                return 0;
            }
            StoreVerb wanted = StoreVerb.of(verb);
            if (TurnWork.VERBS.contains(wanted)) {
                Map<String, Object> told =
                        new TurnWork(settings, new Attempt(app, attempt), tries).perform(wanted, answer);
                answer.succeed(StrictJson.mapper().writeValueAsString(told));
                return 0;
            }
            WorkerRun run = new WorkerRun(settings, new Attempt(app, attempt), store, shard, tries);
            WorkerRun.Finished finished = run.perform(wanted, answer);
            answer.succeed(StrictJson.mapper().writeValueAsString(told(finished.result())));
            finished.afterwards().run();
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

    private static Map<String, Object> told(StoreResult result) {
        return Map.of(
                "store", result.store(),
                "outcome", result.outcome(),
                "items", result.items(),
                "detail", result.detail());
    }
}
