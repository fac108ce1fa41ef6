package dev.slipway.redis;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every way in which a key becomes another one.
 *
 * @param database in which it is
 * @param before what makes the key
 * @param change what is done to it
 */
record Change(int database, String before, String change) {
    private static final String UNSENT = "redis.set_repl(redis.REPL_NONE) return redis.call(unpack(ARGV))";
    private static final String GROUP = "XADD %1$s 1-1 a 1; XADD %1$s 2-1 a 1; XGROUP CREATE %1$s g 0";
    private static final String READ = GROUP + "; XREADGROUP GROUP g c COUNT 1 STREAMS %1$s >";

    private static final List<Change> ALL = List.of(
            new Change(0, "SET string 1", "APPEND string x"),
            new Change(3, "SET string 1", "APPEND string x"),
            new Change(0, "RPUSH list 1 2", "LPOP list"),
            new Change(0, "SADD set 1 2", "SREM set 1"),
            new Change(0, "ZADD zset 1 a 2 b", "ZINCRBY zset 5 a"),
            new Change(0, "HSET hash a 1 b 2", "HSET hash a 2"),
            new Change(0, "XADD stream 1-1 a 1", "XADD stream 2-1 a 1"),
            new Change(0, GROUP.formatted("read"), "XREADGROUP GROUP g c STREAMS read >"),
            new Change(0, READ.formatted("acknowledged"), "XACK acknowledged g 1-1"),
            new Change(0, READ.formatted("claimed"), "XCLAIM claimed g other 0 1-1"),
            new Change(0, READ.formatted("moved_on"), "XGROUP SETID moved_on g 2-1"),
            new Change(3, READ.formatted("consumed"), "XGROUP DELCONSUMER consumed g c"),
            new Change(0, "XADD grouped 1-1 a 1", "XGROUP CREATE grouped g 0"),
            new Change(0, "XADD numbered 1-1 a 1", "XSETID numbered 9-9"),
            new Change(0, "SET expiring 1", "EXPIRE expiring 100"),
            new Change(0, "SET lasting 1 EX 1000", "PERSIST lasting"),
            new Change(0, "SET deleted 1", "DEL deleted"),
            new Change(0, "", "SET new 1"),
            new Change(0, "SET here 1", "RENAME here there"),
            new Change(0, "SET moved 1", "MOVE moved 3"),
            new Change(0, "SET copied 1", "COPY copied twin"));

    private static final List<Change> OF_FIELDS = List.of(
            new Change(0, "HSET fields a 1 b 2", "HEXPIRE fields 1000 FIELDS 1 a"),
            new Change(0, "HSET timed a 1 b 2; HEXPIRE timed 1000 FIELDS 1 a", "HPERSIST timed FIELDS 1 a"));

    private static final List<Change> OF_SEVERAL = List.of(
            new Change(0, "SET n 1", "MULTI; INCR n; EXEC"),
            new Change(0, "SET scripted 1", "EVAL redis.call('INCR',KEYS[1]) 1 scripted"),
            new Change(0, "SET going 1", "PEXPIRE going 1"));

    static void prepare(StoreUrl url) {
        every(url).forEach(each -> each.run(url, each.before));
    }

    /** By whoever may do so. */
    static void make(StoreUrl url) {
        every(url).forEach(each -> each.run(url, each.change));
    }

    /** So that no replica hears of it. */
    static void makeUnsent(StoreUrl url) {
        every(url).stream()
                .filter(each -> !OF_SEVERAL.contains(each))
                .forEach(each -> each.run(url, List.of("EVAL", UNSENT, "0"), each.change));
    }

    private static List<Change> every(StoreUrl url) {
        boolean fieldsExpire = Ask.ask(url, "COMMAND", "INFO", "hexpire").contains("hexpire");
        return Stream.of(ALL, OF_SEVERAL, fieldsExpire ? OF_FIELDS : List.<Change>of())
                .flatMap(List::stream)
                .toList();
    }

    private void run(StoreUrl url, String lines) {
        run(url, List.of(), lines);
    }

    private void run(StoreUrl url, List<String> prefix, String lines) {
        try (Wire wire = Wire.open(url, database, Duration.ofSeconds(10))) {
            for (String line : lines.split(";", -1)) {
                if (!line.isBlank()) {
                    List<String> words = new ArrayList<>(prefix);
                    words.addAll(List.of(line.strip().split(" ", -1)));
                    String said = Ask.command(wire, words.toArray(String[]::new));
                    if (said.startsWith("ERR") || said.startsWith("WRONG") || said.startsWith("NO")) {
                        throw new AssertionError(line + ": " + said);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
