package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.worker.FaultyRound.Beginning;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stores of an app under {@code slipway}'s commands, each in a process of its own: who follows whom, and who takes the writes. */
final class TurnedStores implements AutoCloseable {
    private static final int TRIES = 5;
    private static final int LOOKS = 20;

    private final Path folder;
    private final StoresOfAnApp stores;
    private final ManyClients clients;
    private final Clocks clocks;
    private final List<SlipwayProcess> following = new ArrayList<>();
    private Optional<Beginning> state = Optional.empty();

    /** The side that the commands name the source. */
    private int source;

    private boolean streamLost;

    /** Each of which may have changed the writer once. */
    private int commands;

    TurnedStores(Path folder, StoresOfAnApp stores, ManyClients clients, Clocks clocks) {
        this.folder = folder;
        this.stores = stores;
        this.clients = clients;
        this.clocks = clocks;
    }

    int source() {
        return source;
    }

    String way() {
        return stores.following();
    }

    List<SlipwayProcess> following() {
        return following;
    }

    /** Begins to follow an empty target, from which point on nothing but a turn lets anybody write there. */
    void follow() throws IOException, InterruptedException {
        following.clear();
        streamLost = false;
        List<String> urls = stores.urls(source);
        for (int i = 0; i < urls.size() / 2; i++) {
            following.add(follower(urls, i));
        }
        for (SlipwayProcess each : following) {
            while (!each.err().contains("ends it")) {
                assertThat(each.isRunning()).as(each.said()).isTrue();
                Thread.sleep(50);
            }
        }
        commands = 0;
        clients.sampleBothSides();
        state = Optional.of(Beginning.COPIED);
    }

    /** One that has ended since is begun again, as whoever tends it would. */
    void tend() throws IOException {
        List<String> urls = stores.urls(source);
        for (int i = 0; i < following.size(); i++) {
            if (!following.get(i).isRunning()) {
                following.set(i, follower(urls, i));
            }
        }
    }

    private SlipwayProcess follower(List<String> urls, int store) throws IOException {
        return SlipwayProcess.start(
                folder,
                List.of("copy", urls.get(2 * store), urls.get(2 * store + 1), "--follow"),
                clocks.of(machineOfFollower(store)));
    }

    static String machineOfFollower(int store) {
        return "follower-" + store;
    }

    /** Of the one after it, which may run beside it, it is another. */
    String machineOfCommand() {
        return "command-" + commands % 2;
    }

    SlipwayProcess start(String verb) throws IOException {
        commands++;
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(stores.urls(source));
        return SlipwayProcess.start(folder, words, clocks.of(machineOfCommand()));
    }

    void bringTo(Beginning wanted) throws IOException, InterruptedException, SQLException {
        if (state.isPresent() && state.get() == wanted) {
            return;
        }
        if (state.isEmpty() || wanted == Beginning.COPIED) {
            copyAnew();
        }
        if (wanted == Beginning.RETURNED && state.get() == Beginning.COPIED) {
            turn("cutover", Beginning.TURNED);
        }
        if (state.get() != wanted) {
            turn(wanted == Beginning.TURNED ? "cutover" : "rollback", wanted);
        }
    }

    private void turn(String verb, Beginning then) throws IOException, InterruptedException {
        SlipwayProcess command = start(verb);
        assertThat(command.end()).as(command.said()).isZero();
        state = Optional.of(then);
    }

    /** Lets the present writer be the source of an empty target. */
    private void copyAnew() throws IOException, InterruptedException, SQLException {
        clients.sampleNoMore();
        following.forEach(SlipwayProcess::close);
        int writer = writer().orElseThrow();
        endFollowing(writer);
        clients.turnTo(writer);
        source = writer;
        stores.empty(1 - writer);
        stores.followOtherwise();
        follow();
    }

    private void endFollowing(int writer) throws IOException, InterruptedException {
        String said = "";
        for (int i = 0; i < TRIES && !said.contains("ended:") && !said.contains("no stream joins"); i++) {
            SlipwayProcess end = writer == source ? start("rollback") : finish();
            end.end();
            said = end.said();
            if (said.contains("finished")) {
                return;
            }
        }
        if (!said.contains("ended:")) {
            assertThat(said).as(doors()).contains("no stream joins");
        }
    }

    private SlipwayProcess finish() throws IOException {
        List<String> words = new ArrayList<>(List.of("cutover", "--finish"));
        words.addAll(stores.urls(source));
        return SlipwayProcess.start(folder, words, clocks.of(machineOfCommand()));
    }

    /** Nothing flows any more where the writer has not kept its log. */
    void loseStream() {
        streamLost = true;
    }

    /** What a round has left. */
    void settled() throws IOException {
        state = streamLost
                ? Optional.empty()
                : writer().filter(side -> side != source).map(side -> Beginning.TURNED);
    }

    /** Which side takes the writes of both stores; empty where that is not one. */
    Optional<Integer> writer() throws IOException {
        List<Integer> postgres = new ArrayList<>();
        List<Integer> redis = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            if (isOpenPostgres(side)) {
                postgres.add(side);
            }
            if (isOpenRedis(side)) {
                redis.add(side);
            }
        }
        return postgres.equals(redis) && postgres.size() == 1 ? Optional.of(postgres.getFirst()) : Optional.empty();
    }

    /** The same, asked for some seconds: on a busy machine a server may be slow to answer. */
    Optional<Integer> awaitWriter() throws IOException, InterruptedException {
        Optional<Integer> found = writer();
        for (int i = 0; i < LOOKS && found.isEmpty(); i++) {
            Thread.sleep(500);
            found = writer();
        }
        return found;
    }

    private boolean isOpenPostgres(int side) {
        return postgresRefusal(side).isEmpty();
    }

    private Optional<String> postgresRefusal(int side) {
        try (Connection connection = PostgresClient.connect(stores.postgres(side));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE head SET last = last");
            connection.rollback();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private boolean isOpenRedis(int side) throws IOException {
        return redisRefusal(side).isEmpty();
    }

    private Optional<String> redisRefusal(int side) throws IOException {
        try (RedisTalk talk = new RedisTalk(stores.redis(side).port(), WritingClient.PATIENCE)) {
            return Optional.of(talk.ask("DEL nobodys")).filter(said -> said.startsWith("-"));
        }
    }

    /** What each store says to who writes there, and its followers' last words; for whoever reads of a failure. */
    String doors() throws IOException {
        StringBuilder doors = new StringBuilder();
        for (int side = 0; side < 2; side++) {
            doors.append("\nside %d: Postgres %s; Redis %s"
                    .formatted(
                            side,
                            postgresRefusal(side).orElse("takes writes"),
                            redisRefusal(side).orElse("takes writes")));
        }
        following.forEach(each -> doors.append("\n").append(each.said()));
        return doors.toString();
    }

    /** Why there were two writers, if so: whoever tries both sides finds that the writer changes by no more than the commands did. */
    Optional<String> failure() {
        int most = Math.max(clients.entries.switches(), clients.counted.switches());
        return most <= commands
                ? Optional.empty()
                : Optional.of("the writer changed " + most + " times, by " + commands + " commands");
    }

    @Override
    public void close() {
        following.forEach(SlipwayProcess::close);
    }
}
