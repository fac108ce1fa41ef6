package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A turn that faults strike, and what it takes until it is done or rolled back. */
final class FaultyRound {
    private static final int TRIES = 14;
    private static final int MORE = 20;

    private final TurnedStores turned;
    private final ManyClients clients;
    private final Random random;
    private final Faults faults;
    private final List<String> told = new ArrayList<>();

    /** What went before. */
    enum Beginning {
        /** The target follows, and never took a write. */
        COPIED,
        /** It has taken them. */
        TURNED,
        /** It has given them back. */
        RETURNED
    }

    FaultyRound(Faults.Struck struck, ManyClients clients, Random random) {
        this.turned = struck.turned();
        this.clients = clients;
        this.random = random;
        this.faults = new Faults(struck, random, told);
    }

    /** @return what happened */
    String run(Beginning beginning) throws Exception {
        long began = System.nanoTime();
        told.add(beginning.name().toLowerCase(Locale.ROOT) + ", " + turned.way());
        SlipwayProcess command = turned.start(beginning == Beginning.TURNED ? "rollback" : "cutover");
        int strikes = random.nextInt(4) == 0 ? 2 : 1;
        for (int i = 0; i < strikes; i++) {
            awaitMoment(command);
            faults.strike(command);
        }
        boolean settled = isSettled(command);
        for (int i = 0; !settled; i++) {
            assertThat(i).as("neither done nor rolled back: " + told).isLessThan(TRIES);
            turned.tend();
            settled = isSettled(turned.start(random.nextBoolean() ? "cutover" : "rollback"));
        }
        int writer = turned.writer().orElseThrow();
        clients.awaitMore(MORE);
        try {
            clients.assertWhole(writer);
        } catch (AssertionError e) {
            throw new AssertionError(told + ": " + e.getMessage(), e);
        }
        turned.settled();
        return String.join("; ", told) + "; side " + writer + " writes, " + (System.nanoTime() - began) / 1_000_000_000
                + " s";
    }

    /** Some time after the command began, or after it has closed both sides of a store. */
    private void awaitMoment(SlipwayProcess command) throws InterruptedException, IOException {
        if (random.nextBoolean()) {
            Thread.sleep(random.nextInt(4_000));
            return;
        }
        int later = random.nextInt(800);
        while (command.isRunning() && !isClosed()) {
            Thread.sleep(5);
        }
        Thread.sleep(later);
    }

    private boolean isClosed() throws IOException {
        try {
            return turned.writer().isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether it says that it is done, or rolled back, and one side takes the writes of both stores. */
    private boolean isSettled(SlipwayProcess command) throws InterruptedException, IOException, SQLException {
        int ended = command.end();
        String said = ended == ExitCode.NOT_DONE
                ? command.err().lines().reduce((one, other) -> other).orElse("")
                : command.out().lines().findFirst().orElse("killed");
        told.add(command.verb() + " " + ended + " (" + said + ")");
        Optional<Integer> writer = ended == ExitCode.NOT_DONE ? turned.writer() : turned.awaitWriter();
        if (ended == ExitCode.DONE) {
            assertThat(writer)
                    .as("it says done: " + told + (writer.isEmpty() ? turned.doors() : ""))
                    .isPresent();
        }
        // A rollback beside this one may have ended all of it.
        boolean over = ended != ExitCode.NOT_DONE || said.contains("no stream joins them");
        return over && command.wasNotKilled() && writer.isPresent();
    }
}
