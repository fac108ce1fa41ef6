package dev.slipway.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Logins by the host of a registry.
 *
 * @param byHost {@code user:password} in Base64, as HTTP's basic authentication has it
 */
public record RegistryLogins(Map<String, String> byHost) {
    public static final RegistryLogins NONE = new RegistryLogins(Map.of());

    public RegistryLogins {
        byHost = Map.copyOf(byHost);
    }

    /** What {@code docker login} wrote into {@code config.json}; a helper's logins are not in it. */
    public static RegistryLogins ofDocker(String config) {
        try {
            JsonNode auths = JsonMapper.builder().build().readTree(config).path("auths");
            Map<String, String> logins = new HashMap<>();
            auths.properties().forEach(entry -> {
                String login = entry.getValue().path("auth").asText();
                if (!login.isEmpty()) {
                    logins.put(host(entry.getKey()), login);
                }
            });
            return new RegistryLogins(logins);
        } catch (IOException e) {
            // Not chained: an error of the JSON parser quotes what it could not read.
            throw new InvalidInput(
                    "read the registries' logins",
                    "they are no JSON",
                    "store what 'docker login' writes to config.json");
        }
    }

    public RegistryLogins with(String host, String user, String password) {
        Map<String, String> more = new HashMap<>(byHost);
        more.put(host, Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return new RegistryLogins(more);
    }

    Optional<String> of(String host) {
        return Optional.ofNullable(byHost.get(host));
    }

    private static String host(String written) {
        String host = written.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? "docker.io" : host;
    }

    @Override
    public String toString() {
        return "RegistryLogins" + byHost.keySet();
    }
}
