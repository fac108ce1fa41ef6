package dev.slipway.local.demo;

import dev.slipway.local.Pipeline;
import dev.slipway.local.terminal.Event;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.Phase;
import dev.slipway.migration.ShardReference;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreProgress;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.StateVisit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Follows an execution from outside, as the console would: its history, the workers' progress, the shift's decisions. */
final class MigrationWatch {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration ABANDONED = Duration.ofSeconds(20);
    private static final Duration STALE = Duration.ofSeconds(3);
    private static final String SHIFT = "Shift weights";
    private static final int LOOKS_PER_READING = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Pipeline pipeline;
    private final String app;
    private final String execution;
    private final Consumer<Event> screen;
    private final Duration pause;
    private final Set<Long> seenEvents = new HashSet<>();
    private final Set<String> seenStates = new HashSet<>();
    private final Set<String> seenDecisions = new HashSet<>();
    private Map<String, StoreKind> kinds = Map.of();
    private volatile String state = "";
    private Instant entered = Instant.EPOCH;
    private boolean failed;
    private boolean rollingBack;
    private long looks;
    private Instant lastRollback = Instant.EPOCH;

    MigrationWatch(Pipeline pipeline, String app, String execution, Consumer<Event> screen) {
        this(pipeline, app, execution, screen, PAUSE);
    }

    MigrationWatch(Pipeline pipeline, String app, String execution, Consumer<Event> screen, Duration pause) {
        this.pause = pause;
        this.pipeline = pipeline;
        this.app = app;
        this.execution = execution;
        this.screen = screen;
    }

    /**
     * How it ended.
     *
     * @param phase in which the migration came to rest; empty where the execution never held it
     * @param cause the failed execution's own line
     */
    record Ending(Optional<Phase> phase, Optional<Pipeline.Row> row, String cause) {}

    /** Follows until the execution has ended and the migration is at rest, and calls the hook after each look. */
    Ending follow(Consumer<MigrationWatch> hook) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            look();
            hook.accept(this);
            Optional<Ending> ending = ending();
            if (ending.isPresent()) {
                look();
                return ending.get();
            }
            Thread.sleep(pause);
        }
        throw new DeployFailed(
                "follow the execution " + execution,
                "it did not come to rest within " + PATIENCE.toMinutes() + " minutes",
                "look at it in the run's log folder");
    }

    /** The state that the execution is in. */
    String state() {
        return state;
    }

    /** Whether it is in that state, or was: one may last less than the time between two looks. */
    boolean hasEntered(String name) {
        return seenStates.contains(name);
    }

    /** The attempt that the execution makes, once it holds the migration. */
    Optional<Attempt> attempt() {
        return pipeline.row(app)
                .filter(row -> row.execution().equals(execution))
                .map(Pipeline.Row::attempt);
    }

    /** How far the worker of a store is, where one is at work in the current attempt. */
    Optional<StoreProgress> progress(String store) {
        return attempt().flatMap(attempt -> pipeline.artifacts().find(attempt.progress(store), StoreProgress.class));
    }

    private Optional<Ending> ending() {
        var described = pipeline.machines().describeExecution(request -> request.executionArn(execution));
        if (described.status() == ExecutionStatus.RUNNING) {
            return Optional.empty();
        }
        String cause = Optional.ofNullable(described.cause()).orElse("");
        Optional<Pipeline.Row> row =
                pipeline.row(app).filter(held -> held.execution().equals(execution));
        if (row.isEmpty()) {
            return Optional.of(new Ending(Optional.empty(), row, cause));
        }
        Phase phase = row.get().phase();
        boolean atRest = phase == Phase.COMPLETE || phase == Phase.ROLLED_BACK;
        noteRollback(phase);
        return atRest || isAbandoned() ? Optional.of(new Ending(Optional.of(phase), row, cause)) : Optional.empty();
    }

    /** Whether for some time now no rollback has been at work, though the migration is not at rest. */
    private boolean isAbandoned() {
        boolean working = !pipeline.machines()
                .listExecutions(request -> request.stateMachineArn(pipeline.machine("RollbackMachine"))
                        .statusFilter(ExecutionStatus.RUNNING))
                .executions()
                .isEmpty();
        Instant now = Instant.now();
        if (working || lastRollback.equals(Instant.EPOCH)) {
            lastRollback = now;
        }
        return now.isAfter(lastRollback.plus(ABANDONED));
    }

    /** After an abort the rollback is an execution of its own. */
    private void noteRollback(Phase phase) {
        if (phase != Phase.COMPLETE && !rollingBack && !state.equals("Roll back")) {
            rollingBack = true;
            screen.accept(new Event.Said(Instant.now(), "The execution has ended; the rollback is at work."));
        }
    }

    private void look() {
        readHistory();
        if (looks++ % LOOKS_PER_READING == 0) {
            attempt().ifPresent(this::read);
        }
    }

    private void readHistory() {
        pipeline
                .machines()
                .getExecutionHistoryPaginator(
                        request -> request.executionArn(execution).includeExecutionData(false))
                .events()
                .stream()
                .filter(event -> seenEvents.add(event.id()))
                .forEach(this::show);
    }

    /** Each document is an answer of its own from the account, which has more to do than to be watched. */
    private void read(Attempt attempt) {
        JsonArtifacts artifacts = pipeline.artifacts();
        if (kinds.isEmpty()) {
            artifacts.find(attempt.plan(), Plan.class).ifPresent(plan -> {
                kinds = plan.stores().stream().collect(Collectors.toMap(PlannedStore::name, PlannedStore::kind));
                screen.accept(new Event.Planned(Instant.now(), moved(plan)));
            });
        }
        if (!isShifting()) {
            StoreProgress.together(
                            artifacts.all(attempt.folder() + "progress/", StoreProgress.class),
                            store -> shards(artifacts, attempt, store))
                    .forEach(this::showProgress);
        }
        artifacts.keys(attempt.folder() + "shift/").stream()
                .filter(seenDecisions::add)
                .map(key -> artifacts.read(key, ShiftDecision.class))
                .forEach(this::showShift);
    }

    private static List<ShardReference> shards(JsonArtifacts artifacts, Attempt attempt, String store) {
        return artifacts
                .find(attempt.shards(store), ShardReference[].class)
                .map(List::of)
                .orElse(List.of());
    }

    /** What holds records and can be reached; what else there is, is made anew. */
    private static Set<String> moved(Plan plan) {
        return plan.stores().stream()
                .filter(store -> store.role() == StoreRole.RECORD)
                .filter(store -> store.sourceUrl().isPresent())
                .map(PlannedStore::name)
                .collect(Collectors.toSet());
    }

    private boolean isShifting() {
        return state.equals(SHIFT);
    }

    private void show(HistoryEvent event) {
        if (event.stateEnteredEventDetails() != null) {
            state = event.stateEnteredEventDetails().name();
            entered = event.timestamp();
            seenStates.add(state);
            failed = false;
            screen.accept(new Event.Entered(event.timestamp(), state, 1));
        } else if (event.stateExitedEventDetails() != null) {
            screen.accept(new Event.Exited(
                    event.timestamp(),
                    event.stateExitedEventDetails().name(),
                    failed ? StateVisit.Ending.FAILED : StateVisit.Ending.OK));
        } else if (event.type() == HistoryEventType.TASK_SUCCEEDED) {
            failed = false;
        } else if (event.type() == HistoryEventType.TASK_FAILED) {
            failed = true;
            screen.accept(new Event.Said(event.timestamp(), state + " failed."));
        }
    }

    private void showProgress(StoreProgress progress) {
        boolean moved = progress.amount().items() > 0 || progress.amount().bytes() > 0;
        boolean ofThisState = progress.at().isAfter(entered);
        if (moved && ofThisState && progress.at().isAfter(Instant.now().minus(STALE))) {
            screen.accept(new Event.Moved(
                    progress.at(),
                    state,
                    progress.store(),
                    kinds.getOrDefault(progress.store(), StoreKind.OBJECTS),
                    progress.amount()));
        }
    }

    private void showShift(ShiftDecision decision) {
        screen.accept(new Event.Shifted(
                decision.at(),
                SHIFT,
                decision.weight(),
                decision.requests() == 0 ? Optional.empty() : Optional.of(decision.errorShare())));
    }
}
