package dev.slipway.local.check;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What redis-cli says of a server: each key of each database with its type, its time of expiry and a SHA-1 of its value. */
record OutsideRedis(Path redisCli, StoreUrl url) {

    /** @param expires milliseconds since 1970, or -1 */
    record Key(String type, long expires, String value) {}

    Map<String, Key> keys() throws IOException, InterruptedException {
        Map<String, Key> keys = new TreeMap<>();
        for (String database : databases()) {
            asking("-n", database, "EVAL", script(), "0").run().lines().forEach(line -> {
                String[] fields = line.split(" ", -1);
                Key key = new Key(fields[1], Long.parseLong(fields[2]), fields[3]);
                keys.put("key " + readable(fields[0]) + " of database " + database, key);
            });
        }
        return keys;
    }

    private List<String> databases() throws IOException, InterruptedException {
        return asking("INFO", "keyspace")
                .run()
                .lines()
                .filter(line -> line.startsWith("db"))
                .map(line -> line.substring(2, line.indexOf(':')))
                .toList();
    }

    private OutsideCommand asking(String... command) {
        List<String> words = new ArrayList<>(List.of(
                redisCli.toString(),
                "-h",
                url.host(),
                "-p",
                Integer.toString(url.port(6379)),
                "--no-auth-warning",
                "-e"));
        url.user().ifPresent(user -> words.addAll(List.of("--user", user)));
        words.addAll(List.of(command));
        Map<String, String> environment = url.password()
                .map(password -> Map.of("REDISCLI_AUTH", password))
                .orElse(Map.of());
        return OutsideCommand.of(environment, words);
    }

    private static String readable(String hex) {
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        return text.matches("[ -~]*") ? "'" + text + "'" : "0x" + hex;
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(OutsideRedis.class.getResourceAsStream("keys.lua"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
