package dev.slipway.redis.copy;

import dev.slipway.redis.keys.OurKeys;
import dev.slipway.redis.session.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a target says of a claim: whose it is and, where several workers copy, who they are and which of them are done. */
final class ClaimFields {
    static final String SOURCE = "source";
    static final String APP = "app";
    static final String ATTEMPT = "attempt";
    static final String ID = OurKeys.CLAIM_ID;
    /** That the target held nothing when it was claimed. */
    static final String EMPTY = "empty";

    /** How many there are. */
    static final String SHARDS = "shards";
    /** The fence behind which they are copied. */
    static final String GROUND = "ground";
    /** The fence behind which all were copied, of whoever finishes the copy. */
    static final String COMPLETE = "complete";

    private static final List<String> OF_THE_MARK = List.of(SOURCE, APP, ATTEMPT, ID);
    private static final String WORKER = "worker:";
    private static final String DONE = "done:";

    private final Map<String, String> values;

    private ClaimFields(Map<String, String> values) {
        this.values = values;
    }

    static ClaimFields read(Pipeline side) {
        Map<String, String> values = new LinkedHashMap<>();
        if (side.ask(commands -> commands.type(OurKeys.claim())).equals("hash")) {
            side.ask(commands -> commands.hgetall(OurKeys.claim()))
                    .forEach((name, value) -> values.put(text(name), text(value)));
        }
        return new ClaimFields(values);
    }

    /** Names the worker of a shard. */
    static String worker(String shard) {
        return WORKER + shard;
    }

    /** Names the claim under which a shard was copied. */
    static String done(String shard) {
        return DONE + shard;
    }

    boolean isThere() {
        return !values.isEmpty();
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    Optional<String> get(String field) {
        return Optional.ofNullable(values.get(field));
    }

    ClaimMark mark() {
        return new ClaimMark(
                values.getOrDefault(SOURCE, ""),
                values.getOrDefault(APP, ""),
                Integer.parseInt(values.getOrDefault(ATTEMPT, "0")),
                values.getOrDefault(ID, ""));
    }

    /** Whoever writes under the claim. */
    List<String> holders() {
        Stream<String> workers = values.entrySet().stream()
                .filter(field -> field.getKey().startsWith(WORKER))
                .map(Map.Entry::getValue);
        return Stream.concat(get(ID).stream(), workers).toList();
    }

    /** What stands there beside the mark. */
    List<String> further() {
        return values.keySet().stream()
                .filter(field -> !OF_THE_MARK.contains(field))
                .toList();
    }

    /** The fence behind which everything was copied, if it was. */
    Optional<String> complete() {
        long done = values.entrySet().stream()
                .filter(field ->
                        field.getKey().startsWith(DONE) && field.getValue().equals(values.getOrDefault(ID, "")))
                .count();
        boolean all = get(SHARDS).filter(Long.toString(done)::equals).isPresent();
        return get(all ? GROUND : COMPLETE);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
