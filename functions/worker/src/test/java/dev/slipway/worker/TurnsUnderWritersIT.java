package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres and a Redis turn together, there, back and there again, while clients write as hard as they are let. */
class TurnsUnderWritersIT {
    private static final int MORE = 150;

    @TempDir
    static Path folder;

    private final CommandRun command = new CommandRun();

    @Test
    void losesNoAcknowledgedWriteAndNeverHasTwoWriters() throws Exception {
        try (StoresOfAnApp stores = new StoresOfAnApp(folder);
                ManyClients clients = ManyClients.of(stores)) {
            clients.awaitMore(MORE);
            List<CompletableFuture<Integer>> following = List.of(
                    follow(stores.postgresUrl(0), stores.postgresUrl(1)),
                    follow(stores.redisUrl(0), stores.redisUrl(1)));
            awaitFollowing(following);
            clients.awaitMore(MORE);
            clients.sampleBothSides();
            clients.awaitMore(MORE);
            clients.assertWhole(0);

            turn("cutover", 1, stores, clients);
            for (CompletableFuture<Integer> ended : following) {
                assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
            }
            turn("rollback", 0, stores, clients);
            turn("cutover", 1, stores, clients);
            assertThat(clients.entries.switches()).isEqualTo(3);
            assertThat(clients.counted.switches()).isEqualTo(3);
        }
    }

    private final List<CommandRun> follows = new ArrayList<>();

    private CompletableFuture<Integer> follow(String source, String target) {
        CommandRun run = new CommandRun();
        follows.add(run);
        return CompletableFuture.supplyAsync(() -> run.run("copy", source, target, "--follow"));
    }

    private void awaitFollowing(List<CompletableFuture<Integer>> following) throws InterruptedException {
        while (!follows.stream().allMatch(run -> run.err().contains("ends it"))) {
            assertThat(following).as(follows.toString()).noneMatch(CompletableFuture::isDone);
            Thread.sleep(50);
        }
    }

    private void turn(String verb, int writer, StoresOfAnApp stores, ManyClients clients) throws Exception {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(stores.urls(0));
        words.add("--json");
        int ended = command.run(words.toArray(String[]::new));
        assertThat(ended).as(command.out() + command.err()).isZero();
        JsonNode done = new ObjectMapper().readTree(command.out());
        clients.awaitMore(MORE);
        clients.assertWhole(writer);
        System.out.printf(
                "%s under writers: neither side took writes for %d ms; %d and %d writes acknowledged, %d and %d unanswered%n",
                verb,
                done.path("pause_ms").asLong(),
                clients.entries.count(),
                clients.counted.count(),
                clients.entries.open(),
                clients.counted.open());
    }
}
