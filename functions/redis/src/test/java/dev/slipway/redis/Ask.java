package dev.slipway.redis;

import dev.slipway.migration.StoreUrl;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands to a server, and its answers as text; a refusal is one. */
final class Ask {
    private Ask() {}

    /** What somebody does on a server where only Slipway may write, and who administers it: nothing keeps them off. */
    static void insisting(StoreUrl url, Runnable writes) {
        ask(url, "ACL", "SETUSER", "default", "+@write");
        writes.run();
        ask(url, "ACL", "SETUSER", "default", "-@write");
    }

    static String ask(StoreUrl url, String... words) {
        try (Wire wire = Wire.open(url, 0, Duration.ofSeconds(10))) {
            return command(wire, words);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String command(Wire wire, String... words) throws IOException {
        wire.add(Stream.of(words).map(ServerPair::bytes).toArray(byte[][]::new));
        wire.send();
        return text(wire.read());
    }

    private static String text(@Nullable Object answer) {
        return switch (answer) {
            case null -> "";
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Wire.Refusal(String said) -> said;
            case List<?> list -> list.stream().map(Ask::text).toList().toString();
            default -> answer.toString();
        };
    }
}
