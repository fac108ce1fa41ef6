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

    /** Writes the values as a new version of a secret that is there. */
    public void write(String id, Map<String, String> values) {
        try {
            String text = StrictJson.mapper().writeValueAsString(values);
            client.putSecretValue(request -> request.secretId(id).secretString(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
