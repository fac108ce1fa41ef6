package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** What Slipway leans on in an AWS account, asked of the emulated one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountIT {
    private static final int HEARTBEAT_SECONDS = 3;
    // A machine that has no time to spare lets a killed process linger.
    private static final Duration TO_END = Duration.ofMinutes(5);
    // Where the emulator, its plugins, sam and AWS's runtime client write to unless they are told otherwise.
    private static final List<String> OUTSIDE = List.of(
            "/var/lib/localstack",
            "/tmp/localstack",
            "/tmp/.aws-lambda-runtime-interface-client",
            System.getProperty("user.home") + "/.aws-sam",
            System.getProperty("user.home") + "/.localstack",
            System.getProperty("user.home") + "/.cache/localstack",
            System.getProperty("user.home") + "/.cache/plux");

    private final Instant started = Instant.now();
    private ProbeAccount probe;
    private String late;

    @BeforeAll
    void start() throws IOException {
        Path root = Path.of(System.getProperty("slipway.root"));
        Path run = Files.createDirectories(root.resolve(
                ".slipway/runs/account-it-" + ProcessHandle.current().pid()));
        probe = ProbeAccount.start(root, run, HEARTBEAT_SECONDS);
        // Runs out while the tests run.
        late = probe.begin("{\"probe\":\"timeout\"}");
    }

    /** Nothing may be left of an account that was killed, and nothing outside the checkout. */
    @AfterAll
    void leavesNothingBehindWhenKilled() throws IOException {
        ProcessHandle account = ProcessHandle.of(probe.account().pid()).orElseThrow();
        List<Long> noted = probe.functions();
        // Not by their numbers alone: a process of another test may have that of one that has ended.
        List<ProcessHandle> functions = account.descendants()
                .filter(process -> noted.contains(process.pid()))
                .filter(AccountIT::isRunning)
                .toList();
        Await.until(
                () -> {
                    account.destroyForcibly();
                    return !probe.account().isRunning();
                },
                TO_END,
                () -> "for the account: " + seenOf(account.pid()));
        functions.forEach(function -> Await.until(
                () -> !isRunning(function), TO_END, () -> "for a function's process: " + seenOf(function.pid())));
        assertThat(functions).as("functions that ran").isNotEmpty();
        probe.account().close();
        assertThat(probe.run().resolve("pids")).isEmptyDirectory();
        assertThat(OUTSIDE.stream().map(Path::of).filter(this::isWrittenSinceStart))
                .isEmpty();
    }

    /** One that nobody has asked how it ended, as a container's first process may not for a while, runs no more. */
    private static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive() || !Files.exists(Path.of("/proc/self/stat"))) {
            return process.isAlive();
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    /** Its name, its state, its parent and the signals that it has yet to take. */
    private static String seenOf(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try (Stream<String> status = Files.lines(folder.resolve("status"))) {
            return status.filter(line -> line.matches("(Name|State|Pid|PPid|Threads|SigPnd|ShdPnd):.*"))
                    .map(line -> line.replace("\t", " "))
                    .collect(Collectors.joining(", "));
        } catch (IOException | UncheckedIOException e) {
            return pid + ", " + e;
        }
    }

    @Test
    void refusesASecondLock() {
        ExecutionStatus first =
                probe.end(probe.begin("{\"probe\":\"lock\",\"app\":\"one\"}")).status();
        DescribeExecutionResponse second = probe.end(probe.begin("{\"probe\":\"lock\",\"app\":\"one\"}"));

        assertThat(first).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(second.error()).isEqualTo("DynamoDB.ConditionalCheckFailedException");
    }

    @Test
    void catchesAFunctionsErrorByItsClass() {
        DescribeExecutionResponse end = probe.end(probe.begin("{\"probe\":\"refusal\"}"));

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.output()).contains(ProbeRefused.class.getName(), "no \\\\\\\"such\\\\\\\" table");
    }

    @Test
    void catchesAFunctionsErrorByItsClassWhereATokenIsAwaited() {
        DescribeExecutionResponse end = probe.end(probe.begin("{\"probe\":\"refusal with a token\"}"));

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.output()).contains(ProbeRefused.class.getName());
    }

    @Test
    void failsADistributedMapOneOfWhoseChildrenFailed() {
        DescribeExecutionResponse good = probe.end(probe.begin("{\"probe\":\"map run\",\"items\":[\"a\",\"b\"]}"));
        DescribeExecutionResponse bad =
                probe.end(probe.begin("{\"probe\":\"map run\",\"items\":[\"a\",\"bad\",\"b\"]}"));

        assertThat(good.output()).isEqualTo("[\"a\",\"b\"]");
        assertThat(bad.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(bad.output()).contains("States.ExceedToleratedFailureThreshold", "tolerated failure threshold");
    }

    @Test
    void catchesTheFailureOfANestedExecutionAroundTheMapThatItIsIn() {
        DescribeExecutionResponse end = probe.end(probe.begin("{\"probe\":\"iteration\"}"));

        assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(end.output()).contains("States.TaskFailed", "it always does");
    }

    @Test
    void noticesAWorkerThatFellSilent() {
        String execution = probe.begin("{\"probe\":\"token\"}");
        String token = token(execution);

        Await.until(() -> probe.history(execution).anyMatch(event -> "Silent".equals(entered(event))));
        assertThatThrownBy(() -> probe.states().sendTaskHeartbeat(request -> request.taskToken(token)))
                .isInstanceOf(TaskTimedOutException.class);
        probe.states().stopExecution(request -> request.executionArn(execution));
    }

    @Test
    void waitsForAWorkerThatBeatsForLongerThanItsHeartbeat() {
        String execution = probe.begin("{\"probe\":\"token\"}");
        String token = token(execution);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * HEARTBEAT_SECONDS);
        Await.until(() -> {
            probe.states().sendTaskHeartbeat(request -> request.taskToken(token));
            return System.nanoTime() > until;
        });
        probe.states().sendTaskSuccess(request -> request.taskToken(token).output("{\"rows\":7}"));

        assertThat(probe.end(execution).output()).isEqualTo("{\"rows\":7}");
    }

    @Test
    void tellsTheRuleOfAnAbortAndOfATimeout() {
        String aborted = probe.begin("{\"probe\":\"abort\"}");
        probe.states().stopExecution(request -> request.executionArn(aborted).cause("a person"));

        assertThat(probe.end(aborted).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(probe.end(late).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        Await.until(() -> heard(aborted, "ABORTED") && heard(late, "TIMED_OUT"));
    }

    /** Also of a state that was stopped while it was scheduled; the emulator loses a stop that comes before the first state. */
    @Test
    void tellsAHistoryThatCanBeReadWheneverItWasStopped() throws InterruptedException {
        for (int milliseconds = 0; milliseconds < 60; milliseconds += 2) {
            String execution = probe.begin("{\"probe\":\"token\"}");
            long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (probe.history(execution).count() < 2) {
                assertThat(System.nanoTime()).isLessThan(until);
            }
            Thread.sleep(milliseconds);
            probe.states().stopExecution(request -> request.executionArn(execution));

            assertThat(probe.end(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
            Await.until(
                    () -> probe.history(execution)
                            .anyMatch(event -> event.type() == HistoryEventType.EXECUTION_ABORTED),
                    () -> probe.history(execution)
                            .map(HistoryEvent::typeAsString)
                            .toList());
        }
    }

    private boolean heard(String execution, String status) {
        return probe.heard().anyMatch(event -> event.contains(execution) && event.contains("\"" + status + "\""));
    }

    private static @Nullable String entered(HistoryEvent event) {
        return event.stateEnteredEventDetails() == null
                ? null
                : event.stateEnteredEventDetails().name();
    }

    private String token(String execution) {
        Await.until(() -> submitted(execution).findAny().isPresent());
        String parameters = submitted(execution).findFirst().orElseThrow();
        return parameters.replaceAll("(?s).*\"token\":\\s*\"([^\"]+)\".*", "$1");
    }

    /** Parameters of the task that waits, once its function has returned and the wait has begun. */
    private Stream<String> submitted(String execution) {
        boolean waits = probe.history(execution).anyMatch(event -> event.type() == HistoryEventType.TASK_SUBMITTED);
        return probe.history(execution)
                .filter(event -> waits && event.type() == HistoryEventType.TASK_SCHEDULED)
                .map(event -> event.taskScheduledEventDetails().parameters());
    }

    private boolean isWrittenSinceStart(Path place) {
        if (!Files.exists(place)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.anyMatch(file -> file.toFile().lastModified() > started.toEpochMilli());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
