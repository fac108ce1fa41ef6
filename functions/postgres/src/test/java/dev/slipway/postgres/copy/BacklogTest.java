package dev.slipway.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog<String> backlog =
            new Backlog<>(List.of("rows", "others"), done -> done.equals("rows") ? List.of("gin", "key") : List.of());

    @Test
    void whatAPieceMadePossibleComesNext() throws InterruptedException {
        assertThat(backlog.next()).isEqualTo("rows");
        backlog.done("rows");
        assertThat(backlog.next()).isEqualTo("gin");
        assertThat(backlog.next()).isEqualTo("key");
        assertThat(backlog.next()).isEqualTo("others");
    }

    @Test
    void nobodyLeavesAsLongAsAnothersPieceMayMakeOnePossible() throws InterruptedException {
        assertThat(backlog.next()).isEqualTo("rows");
        assertThat(backlog.next()).isEqualTo("others");
        backlog.done("others");
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(this::next);
        assertThat(waiting).isNotCompleted();
        backlog.done("rows");
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("gin");
        backlog.done("gin");
        assertThat(next()).isEqualTo("key");
        backlog.done("key");
        assertThat(next()).isEqualTo("none");
    }

    @Test
    void afterAFailureNobodyWaitsAndNobodyGetsOne() throws InterruptedException {
        assertThat(backlog.next()).isEqualTo("rows");
        backlog.giveUp();
        assertThat(backlog.next()).isNull();
    }

    private String next() {
        try {
            String next = backlog.next();
            return next == null ? "none" : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
