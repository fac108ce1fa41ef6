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
        Matcher found = Pattern.compile("\\+([0-9a-f]{40})").matcher(ask("DEBUG DIGEST"));
        if (!found.find()) {
            throw new AssertionError("no digest");
        }
        return found.group(1);
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

    private static long number(String answer, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(answer);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
