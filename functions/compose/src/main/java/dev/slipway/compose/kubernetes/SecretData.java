package dev.slipway.compose.kubernetes;

import dev.slipway.compose.origin.SecretKeeper;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.app.SecretTemplate;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the values of Secrets away: whatever they are called, they are secrets. */
final class SecretData {
    /** Certificates and logins of a registry are nobody's variables. */
    private static final String GENERIC = "Opaque";

    private static final Pattern URL =
            Pattern.compile("([a-z][a-z0-9+.-]*://)(?:([^\\s:/@]*)(?::([^\\s/]*))?@)?([^\\s/:@?]+)(.*)");

    private final Cluster cluster;
    private final SecretKeeper keeper;

    SecretData(Cluster cluster, SecretKeeper keeper) {
        this.cluster = cluster;
        this.keeper = keeper;
    }

    /** The texts of a Secret, as it was written or encoded. */
    Map<String, String> texts(Manifest manifest) {
        Map<String, String> texts = new LinkedHashMap<>();
        Secret secret = Optional.ofNullable(cluster.secrets().get(manifest)).orElseGet(Secret::new);
        secret.getData()
                .forEach((key, encoded) -> decoded(manifest, key, encoded).ifPresent(text -> texts.put(key, text)));
        texts.putAll(secret.getStringData());
        return texts;
    }

    /** What no variable names is kept, too, so that no copy of it stands in what is written down. */
    void keepAll() {
        cluster.secrets().forEach((manifest, secret) -> {
            boolean generic =
                    Optional.ofNullable(secret.getType()).orElse(GENERIC).equals(GENERIC);
            if (generic) {
                texts(manifest).forEach((key, value) -> template(key, value));
            }
        });
    }

    /**
     * What stands in the value's place. Of a URL that leads to the cluster only the password is taken away, because the rest has to be
     * rewritten.
     */
    SecretTemplate template(String name, String value) {
        if (value.isEmpty()) {
            return SecretTemplate.literal("");
        }
        Matcher url = URL.matcher(value);
        boolean inside = url.matches() && isService(url.group(4));
        if (!inside) {
            return keeper.keep(name, value);
        }
        String password = Optional.ofNullable(url.group(3))
                .filter(text -> !text.isEmpty())
                .map(text -> ":" + keeper.keep(name + "_PASSWORD", text).text())
                .orElse("");
        String user = Optional.ofNullable(url.group(2))
                .map(text -> escaped(text) + password + "@")
                .orElse("");
        return new SecretTemplate(url.group(1) + user + escaped(url.group(4) + url.group(5)));
    }

    private boolean isService(String host) {
        String name = host.split("\\.", 2)[0];
        return cluster.services().keySet().stream()
                .anyMatch(service -> service.name().equals(name));
    }

    private static String escaped(String text) {
        return SecretTemplate.literal(text).text();
    }

    private static Optional<String> decoded(Manifest manifest, String key, String encoded) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(encoded);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            Position at = Nodes.mappingOrEmpty(manifest.node(), "data").at(key);
            throw at.invalid(
                    "'data." + key + "' of the " + manifest.subject() + " is not Base64",
                    "encode it, or write it as it is below 'stringData'",
                    e);
        }
    }
}
