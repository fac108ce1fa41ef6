package dev.slipway.local.demo;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.TargetOutputs;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** What may happen to an execution at any moment. Each fault is over when it returns, except that what was killed or stopped stays so. */
final class LiveFaults {
    private static final String FUNCTION = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String WORKER = "dev.slipway.worker.SlipwayCommand";
    private static final Duration DOWN = Duration.ofSeconds(3);
    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final DemoStory story;
    private final Random random;

    private enum Fault {
        KILLED_HANDLERS,
        KILLED_WORKER,
        FROZEN_WORKER,
        KILLED_POSTGRES,
        KILLED_CACHE,
        STOPPED_EXECUTION,
        NO_CAPACITY
    }

    LiveFaults(DemoStory story, Random random) {
        this.story = story;
        this.random = random;
    }

    /** @return what happened */
    String strike(String execution) throws IOException, InterruptedException {
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        String detail = switch (fault) {
            case KILLED_HANDLERS -> killHandlers();
            case KILLED_WORKER -> anyWorker().map(this::killed).orElse("none is there");
            case FROZEN_WORKER -> freezeWorker();
            case KILLED_POSTGRES -> random.nextBoolean() ? killSourcePostgres() : killTarget("postgres");
            case KILLED_CACHE -> random.nextBoolean() ? killSourceRedis() : killTarget("redis");
            case STOPPED_EXECUTION -> stop(execution);
            case NO_CAPACITY -> startNoTasks();
        };
        return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (" + detail + ")";
    }

    private String killHandlers() {
        List<ProcessHandle> functions = processes(FUNCTION);
        functions.forEach(ProcessHandle::destroyForcibly);
        return functions.size() + " processes";
    }

    /** Those of these names that have a process; answers which. */
    static Set<String> killFunctions(Set<String> names) {
        return processes(FUNCTION).stream()
                .filter(process -> names.contains(function(process)) && process.destroyForcibly())
                .map(LiveFaults::function)
                .collect(Collectors.toSet());
    }

    /** By its handler, which is the last word of its command line. */
    private static String function(ProcessHandle process) {
        List<String> words = arguments(process);
        return words.isEmpty() ? "" : words.getLast().substring(words.getLast().lastIndexOf('.') + 1);
    }

    private Optional<ProcessHandle> anyWorker() {
        List<ProcessHandle> workers = processes(WORKER);
        return workers.isEmpty() ? Optional.empty() : Optional.of(workers.get(random.nextInt(workers.size())));
    }

    private String killed(ProcessHandle worker) {
        worker.destroyForcibly();
        return work(worker);
    }

    /** For longer than a worker may be silent: another one takes its place, and then it wakes up. */
    private String freezeWorker() throws IOException, InterruptedException {
        Optional<ProcessHandle> worker = anyWorker();
        if (worker.isEmpty()) {
            return "none is there";
        }
        String work = work(worker.get());
        signal("-STOP", worker.get());
        int seconds = 2 + random.nextInt(18);
        Thread.sleep(Duration.ofSeconds(seconds));
        signal("-CONT", worker.get());
        return work + " for " + seconds + " s";
    }

    private String killSourcePostgres() throws IOException, InterruptedException {
        story.demo().source().killPostgres();
        Thread.sleep(random.nextLong(DOWN.toMillis()));
        story.demo().source().revivePostgres();
        return "source";
    }

    private String killSourceRedis() throws IOException, InterruptedException {
        story.demo().source().killRedis();
        Thread.sleep(random.nextLong(DOWN.toMillis()));
        story.demo().source().reviveRedis();
        return "source";
    }

    private String killTarget(String store) throws IOException, InterruptedException {
        Optional<String> server = story.pipeline()
                .artifacts()
                .find(story.row().attempt().target(), TargetOutputs.class)
                .flatMap(outputs -> story.run().room().nameAt(outputs.value(LogicalName.of(store) + "Host")));
        if (server.isEmpty() || !story.run().room().kill(server.get())) {
            return "no target is there";
        }
        Thread.sleep(random.nextLong(DOWN.toMillis()));
        story.run().room().revive(server.get());
        return "target";
    }

    private String stop(String execution) {
        story.pipeline().machines().stopExecution(request -> request.executionArn(execution));
        return "by hand";
    }

    private String startNoTasks() throws IOException, InterruptedException {
        story.run()
                .faults(Map.of(
                        "ecs:RunTask",
                        Map.of("failures", List.of(Map.of("reason", "Capacity is unavailable at this time")))));
        int seconds = 2 + random.nextInt(18);
        Thread.sleep(Duration.ofSeconds(seconds));
        story.run().faults(Map.of());
        return "for " + seconds + " s";
    }

    private static List<ProcessHandle> processes(String program) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> arguments(process).contains(program))
                .toList();
    }

    private static List<String> arguments(ProcessHandle process) {
        return process.info().arguments().map(Arrays::asList).orElse(List.of());
    }

    /** Such as {@code follow redis}. */
    private static String work(ProcessHandle worker) {
        List<String> arguments = arguments(worker);
        int verb = arguments.indexOf("work") + 1;
        int store = arguments.indexOf("--store") + 1;
        return verb == 0 || store == 0 ? "it had ended" : arguments.get(verb) + " " + arguments.get(store);
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }
}
