package dev.slipway.worker;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What may happen to a turn at any moment. Each fault is over when it returns, except a killed command. */
final class Faults {
    private static final int LONGEST_CUT = 30_000;
    private static final int SEGMENTS = 6;
    private static final Duration BACK = Duration.ofMinutes(-5);
    private static final int LONGEST_MOVE = 6 * 60 * 60;
    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final StoresOfAnApp stores;
    private final TurnedStores turned;
    private final Clocks clocks;
    private final Random random;
    private final List<String> told;

    private enum Fault {
        KILLED_COMMAND,
        KILLED_POSTGRES,
        KILLED_REDIS,
        CUT_NETWORK,
        STALLED_NETWORK,
        LOST_LOG,
        FROZEN_FOLLOWER,
        FROZEN_COMMAND,
        MOVED_CLOCK
    }

    /** What they strike. */
    record Struck(StoresOfAnApp stores, TurnedStores turned, Clocks clocks) {}

    /** @param told is told of them */
    Faults(Struck struck, Random random, List<String> told) {
        this.stores = struck.stores();
        this.turned = struck.turned();
        this.clocks = struck.clocks();
        this.random = random;
        this.told = told;
    }

    void strike(SlipwayProcess command) throws IOException, InterruptedException, SQLException {
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        int side = random.nextInt(2);
        told.add(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        switch (fault) {
            case KILLED_COMMAND -> command.kill();
            case KILLED_POSTGRES -> {
                stores.killPostgres(side);
                Thread.sleep(random.nextInt(3_000));
                stores.startPostgres(side);
            }
            case KILLED_REDIS -> {
                stores.killRedis(side);
                Thread.sleep(random.nextInt(3_000));
                stores.startRedis(side);
            }
            case CUT_NETWORK -> {
                struck().forEach(FaultyNetwork::cut);
                waitAndHeal();
            }
            case STALLED_NETWORK -> {
                struck().forEach(FaultyNetwork::stall);
                waitAndHeal();
            }
            case LOST_LOG -> loseLog(side);
            case FROZEN_FOLLOWER -> freezeFollowers();
            case FROZEN_COMMAND -> freeze(command);
            case MOVED_CLOCK -> moveClock(side);
        }
        told.set(told.size() - 1, told.getLast() + " of side " + side);
    }

    /** All of them, or one. */
    private List<FaultyNetwork> struck() {
        int one = random.nextInt(2 * stores.networks().size());
        return one < stores.networks().size() ? List.of(stores.networks().get(one)) : stores.networks();
    }

    private void waitAndHeal() throws InterruptedException {
        Thread.sleep(random.nextInt(4) == 0 ? LONGEST_CUT : 500 + random.nextInt(5_000));
        stores.networks().forEach(FaultyNetwork::heal);
    }

    /** The other side is down for so long that this one has not kept what it lacks. */
    private void loseLog(int side) throws IOException, InterruptedException {
        turned.loseStream();
        stores.killPostgres(1 - side);
        for (int tries = 0; tries < 5; tries++) {
            try {
                StoresOfAnApp.sql(stores.postgres(side), "postgres", losing());
                break;
            } catch (SQLException e) {
                Thread.sleep(200);
            }
        }
        stores.startPostgres(1 - side);
    }

    private static List<String> losing() {
        List<String> statements =
                new ArrayList<>(List.of("ALTER SYSTEM SET max_slot_wal_keep_size = '16MB'", "SELECT pg_reload_conf()"));
        for (int i = 0; i < SEGMENTS; i++) {
            statements.add("SELECT pg_logical_emit_message(false, 'segment', 'full')");
            statements.add("SELECT pg_switch_wal()");
        }
        statements.addAll(
                List.of("CHECKPOINT", "ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()"));
        return statements;
    }

    private void freezeFollowers() throws IOException, InterruptedException {
        for (SlipwayProcess follower : turned.following()) {
            follower.freeze();
        }
        Thread.sleep(1_000 + random.nextInt(9_000));
        for (SlipwayProcess follower : turned.following()) {
            follower.thaw();
        }
    }

    /** By seconds, minutes or hours, forward or back; some time later it goes right again. */
    private void moveClock(int side) throws IOException, InterruptedException {
        List<String> machines = List.of(
                "postgres-" + side,
                "redis-" + side,
                TurnedStores.machineOfFollower(0),
                TurnedStores.machineOfFollower(1),
                turned.machineOfCommand());
        String machine = machines.get(random.nextInt(machines.size()));
        Duration by = random.nextInt(3) == 0 ? BACK : anyDuration();
        told.set(told.size() - 1, told.getLast() + " (" + machine + " by " + by.toSeconds() + " s)");
        clocks.move(machine, by);
        Thread.sleep(500 + random.nextInt(10_000));
        clocks.putRight();
    }

    /** As likely of seconds as of hours. */
    private Duration anyDuration() {
        long seconds = Math.round(Math.pow(LONGEST_MOVE, random.nextDouble()));
        return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
    }

    /** Whoever watches takes it for dead, and runs another; then it goes on where it was. */
    private void freeze(SlipwayProcess command) throws IOException, InterruptedException {
        command.freeze();
        SlipwayProcess other = turned.start(random.nextBoolean() ? "cutover" : "rollback");
        int ended = other.end();
        command.thaw();
        told.set(told.size() - 1, told.getLast() + " and " + other.verb() + " beside it (" + ended + ")");
    }
}
