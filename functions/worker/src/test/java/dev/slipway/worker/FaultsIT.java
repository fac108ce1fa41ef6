package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.servers.MovableClock;
import dev.slipway.worker.FaultyRound.Beginning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever fails while a Postgres and a Redis turn together: never two writers, never an acknowledged write lost, and in the end either
 * done or rolled back. Each round prints the seed by which {@code -Dslipway.seed} repeats it (with {@code -Dslipway.passes=true} where it says so); {@code -Dslipway.rounds} is their
 * number.
 */
@Tag("soak")
class FaultsIT {
    private static final int ROUNDS = 50;
    private static final List<Beginning> BEGINNINGS = List.of(Beginning.values());

    @TempDir
    static Path folder;

    @Test
    void isDoneOrRolledBackWhateverFails() throws Exception {
        Long repeated = Long.getLong("slipway.seed");
        int rounds = Integer.getInteger("slipway.rounds", repeated == null ? ROUNDS : 1);
        long first = repeated == null ? new Random().nextInt(1_000_000) : repeated;
        Optional<Path> library = MovableClock.library(Path.of(System.getProperty("slipway.root")));
        assumeTrue(library.isPresent(), "libfaketime is not there: functions/servers/fetch-libfaketime says why");
        try (Clocks clocks = new Clocks(folder, library);
                StoresOfAnApp stores = new StoresOfAnApp(folder, clocks);
                ManyClients clients = ManyClients.of(stores);
                TurnedStores turned = new TurnedStores(folder, stores, clients, clocks)) {
            clients.awaitMore(1);
            turned.follow();
            for (int round = 0; round < rounds; round++) {
                long seed = first + round;
                Random random = new Random(seed);
                Beginning beginning = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
                turned.bringTo(beginning);
                String told =
                        new FaultyRound(new Faults.Struck(stores, turned, clocks), clients, random).run(beginning);
                System.out.println("round " + (round + 1) + ", seed " + seed + ": " + told);
                assertThat(turned.failure()).as("seed " + seed + ": " + told).isEmpty();
            }
        }
    }
}
