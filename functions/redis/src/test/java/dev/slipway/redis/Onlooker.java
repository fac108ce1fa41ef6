package dev.slipway.redis;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server says to somebody who uses nothing of ours, over a connection for each question. */
record Onlooker(StoreUrl url) {
    /** All that the server answers to the commands, each a line. */
    String ask(String... commands) {
        Stream<String> login = url.password().stream()
                .map(password -> "AUTH " + url.user().map(user -> user + " ").orElse("") + password);
        List<String> lines = Stream.concat(login, Stream.concat(Stream.of(commands), Stream.of("QUIT")))
                .toList();
        try (Socket socket = new Socket(url.host(), url.port(6379))) {
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over all keys and values of all databases. */
    String digest() {
        return sum(ask("DEBUG DIGEST"));
    }

    /** A sum over the times in milliseconds at which the keys of a database end; from Redis 7.0 on. */
    String ends(int database) {
        return sum(database, "redis.call('PEXPIRETIME', key)");
    }

    /** A sum over the groups of a database's streams, with their consumers and pending entries. */
    String groups(int database) {
        return sum(
                database,
                "redis.call('TYPE', key).ok == 'stream' and cjson.encode(redis.call('XINFO', 'STREAM', key, 'FULL').groups) or ''");
    }

    /** How often a command was called since the statistics began. */
    long calls(String command) {
        return number(ask("INFO commandstats"), "cmdstat_" + command + ":calls=(\\d+)");
    }

    /** All keys of all databases. */
    long keys() {
        return Pattern.compile("db\\d+:keys=(\\d+)")
                .matcher(ask("INFO keyspace"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** Whether database 0 has a key of such a name. */
    boolean sees(String pattern) {
        return !ask("EVAL \"return #redis.call('KEYS', ARGV[1])\" 0 " + pattern).contains(":0\r\n");
    }

    /** @param text an expression in Lua of what is to be seen of a key */
    private String sum(int database, String text) {
        String script = "local all = {} for _, key in ipairs(redis.call('KEYS', '*')) do"
                + " all[#all + 1] = redis.sha1hex(key .. ' ' .. (" + text + ")) end"
                + " table.sort(all) return redis.sha1hex(table.concat(all))";
        return sum(ask("SELECT " + database, "EVAL \"" + script + "\" 0"));
    }

    private static String sum(String answer) {
        Matcher found = Pattern.compile("[+\n]([0-9a-f]{40})\r").matcher(answer);
        if (!found.find()) {
            throw new AssertionError("no sum: " + answer);
        }
        return found.group(1);
    }

    private static long number(String answer, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(answer);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
