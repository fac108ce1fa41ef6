package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.Engine;
import dev.slipway.migration.Following.Turn;
import dev.slipway.migration.JointTurn;
import dev.slipway.migration.JointTurn.Pair;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.StoreResult;
import dev.slipway.migration.StoreResult.Outcome;
import dev.slipway.migration.StoreVerb;
import dev.slipway.migration.exception.CutoverRefused;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Turns all stores of a migration at one moment, there or back. */
final class TurnWork {
    static final Set<StoreVerb> VERBS = Set.of(StoreVerb.CUTOVER, StoreVerb.RETURN);

    private static final int SUPERSEDED = 3;

    private final WorkerSettings settings;
    private final Attempt attempt;
    private final int tries;
    private final JsonArtifacts artifacts;
    private final Plan plan;

    TurnWork(WorkerSettings settings, Attempt attempt, int tries) {
        this.settings = settings;
        this.attempt = attempt;
        this.tries = tries;
        this.artifacts = new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket()));
        this.plan = artifacts.read(attempt.plan(), Plan.class);
    }

    /**
     * What the waiting state is told.
     *
     * @throws CutoverRefused if the stores stay as they were
     */
    Map<String, Object> perform(StoreVerb verb, Answer answer) {
        try (Heartbeat _ = Heartbeat.start(
                answer, settings.heartbeat(), () -> Runtime.getRuntime().halt(SUPERSEDED))) {
            Map<PlannedStore, Pair> pairs = pairs(verb);
            Optional<TrafficSwitch> traffic = traffic(verb);
            Instant started = Instant.now();
            List<Turn> turns = turned(List.copyOf(pairs.values()));
            if (turns.stream().noneMatch(Turn.NotDone.class::isInstance)) {
                traffic.ifPresent(TrafficSwitch::now);
            }
            note(verb, started, List.copyOf(pairs.keySet()), turns);
            requireTurned(verb, turns);
            if (verb == StoreVerb.RETURN) {
                openTheRest(pairs.keySet());
            }
            return Map.of("store", "all", "outcome", Outcome.DONE, "items", turns.size(), "detail", detail(turns));
        }
    }

    private Optional<TrafficSwitch> traffic(StoreVerb verb) {
        Route53Client route53 = Clients.of(Route53Client.builder());
        return verb == StoreVerb.CUTOVER
                ? TrafficSwitch.toTheTarget(
                        route53, Clients.of(ElasticLoadBalancingV2Client.builder()), attempt, artifacts, plan)
                : TrafficSwitch.toTheSource(route53, attempt, artifacts, plan);
    }

    /** Those that are to turn, with the side first that takes the writes now. */
    private Map<PlannedStore, Pair> pairs(StoreVerb verb) {
        Map<PlannedStore, Pair> pairs = new LinkedHashMap<>();
        for (PlannedStore store : plan.copied()) {
            Pair pair = pair(store);
            if (verb == StoreVerb.CUTOVER) {
                pairs.put(store, pair);
            } else if (pair.back().follows()) {
                pairs.put(store, pair.back());
            }
        }
        return pairs;
    }

    /** Those that a cutover was ended in before they turned. */
    private void openTheRest(Set<PlannedStore> turned) {
        plan.copied().stream()
                .filter(store -> !turned.contains(store))
                .map(this::pair)
                .forEach(pair -> pair.following().stay(pair.writer(), pair.follower()));
    }

    private Pair pair(PlannedStore store) {
        Engine engine = Engines.of(store, settings, attempt, artifacts);
        StoreSides sides = StoreSides.of(
                attempt, store.name(), engine, artifacts, new FlatSecrets(Clients.of(SecretsManagerClient.builder())));
        return new Pair(sides.following(engine), sides.source(), sides.target());
    }

    private List<Turn> turned(List<Pair> pairs) {
        Duration longest = Duration.ofSeconds(plan.cutover().maxPauseSeconds());
        return pairs.isEmpty()
                ? List.of()
                : new JointTurn(
                                pairs,
                                longest,
                                pair -> new StepLog(pair.writer().toString()))
                        .run();
    }

    private void note(StoreVerb verb, Instant started, List<PlannedStore> stores, List<Turn> turns) {
        WorkerMetrics metrics = new WorkerMetrics(Clients.of(CloudWatchClient.builder()));
        for (int i = 0; i < stores.size(); i++) {
            StoreResult result = result(verb, started, stores.get(i).name(), turns.get(i));
            artifacts.write(attempt.result(verb, result.store()), result);
            metrics.put(attempt.app(), result);
        }
    }

    /** What was turned has begun with its fence. */
    private StoreResult result(StoreVerb verb, Instant started, String store, Turn turn) {
        Instant now = Instant.now();
        return switch (turn) {
            case Turn.Done done ->
                result(
                        verb,
                        now.minus(done.pause()),
                        now,
                        store,
                        WorkDone.of(
                                Outcome.SAME,
                                done.proof().items(),
                                done.proof().bytes(),
                                "sha256 " + done.proof().digest()));
            case Turn.Earlier _ ->
                result(
                        verb,
                        started,
                        now,
                        store,
                        WorkDone.of(Outcome.SKIPPED, 0, 0, "an earlier worker had turned it"));
            case Turn.NotDone notDone ->
                result(verb, started, now, store, WorkDone.of(Outcome.FAILED, 0, 0, notDone.reason()));
        };
    }

    private StoreResult result(StoreVerb verb, Instant from, Instant to, String store, WorkDone done) {
        return new StoreResult(
                store,
                verb,
                done.outcome(),
                tries,
                from,
                to,
                done.items(),
                done.bytes(),
                done.detail(),
                done.differences(),
                done.findings());
    }

    private void requireTurned(StoreVerb verb, List<Turn> turns) {
        for (Turn turn : turns) {
            if (turn instanceof Turn.NotDone notDone) {
                throw new CutoverRefused(
                        verb == StoreVerb.CUTOVER
                                ? "cut " + attempt.app() + " over"
                                : "give the source its writes back",
                        notDone.reason(),
                        "writes go on as before; remove the cause and start again");
            }
        }
    }

    /** How long neither side took writes, at the longest. */
    private static String detail(List<Turn> turns) {
        return turns.stream()
                .filter(Turn.Done.class::isInstance)
                .map(turn -> ((Turn.Done) turn).pause())
                .max(Duration::compareTo)
                .map(pause -> "neither side took writes for " + pause.toMillis() + " ms")
                .orElse("nothing was left to turn");
    }
}
