package dev.slipway.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets in Secrets Manager that are flat JSON documents: names and values. */
public final class FlatSecrets {
    private static final String PASSWORD = "password";
    private static final long PASSWORD_LENGTH = 32;

    private final SecretsManagerClient client;

    public FlatSecrets(SecretsManagerClient client) {
        this.client = client;
    }

    /** The values by name, or empty where there is no such secret. @throws InvalidInput if it is no flat JSON document */
    public Optional<Map<String, String>> find(String id) {
        try {
            String text = client.getSecretValue(request -> request.secretId(id)).secretString();
            return Optional.of(scalars(StrictJson.mapper().readTree(text)));
        } catch (ResourceNotFoundException absent) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the secret, so it is not kept as the cause.
            throw new InvalidInput(
                    "read the secret " + id,
                    "it is no flat JSON document",
                    "upload the app again with 'slipway app put DIR'");
        }
    }

    /** RDS writes its port as a number. */
    private static Map<String, String> scalars(JsonNode document) {
        Map<String, String> values = new TreeMap<>();
        document.properties()
                .forEach(field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }

    /** The values by name. @throws InvalidInput if there is no such secret */
    public Map<String, String> read(String id) {
        return find(id).orElseThrow(() -> new InvalidInput(
                "read the secret " + id, "there is none", "upload the app again with 'slipway app put DIR'"));
    }

    /** The ARN of the secret, which is made empty where it is not there. */
    public String ensure(String name, String description) {
        try {
            return client.describeSecret(request -> request.secretId(name)).arn();
        } catch (ResourceNotFoundException absent) {
            return client.createSecret(request ->
                            request.name(name).description(description).secretString("{}"))
                    .arn();
        }
    }

    /**
     * Gives a login a new password, as a version of that name; where the secret has had that, nothing is done.
     *
     * @param version unique within the secret, 32 to 64 characters
     */
    public void renewPassword(String id, String version) {
        if (client.describeSecret(request -> request.secretId(id))
                .versionIdsToStages()
                .containsKey(version)) {
            return;
        }
        Map<String, String> values = new TreeMap<>(read(id));
        values.put(PASSWORD, randomPassword());
        String text = text(values);
        client.putSecretValue(request -> request.secretId(id).secretString(text).clientRequestToken(version));
    }

    /** As the templates of the targets have them made. */
    private String randomPassword() {
        return client.getRandomPassword(
                        request -> request.passwordLength(PASSWORD_LENGTH).excludePunctuation(true))
                .randomPassword();
    }

    /** Writes the values as a new version of a secret that is there. */
    public void write(String id, Map<String, String> values) {
        String text = text(values);
        client.putSecretValue(request -> request.secretId(id).secretString(text));
    }

    private static String text(Map<String, String> values) {
        try {
            return StrictJson.mapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
