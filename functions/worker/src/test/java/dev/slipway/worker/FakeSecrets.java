package dev.slipway.worker;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets Manager, as far as reading goes. */
record FakeSecrets(Map<String, String> texts) implements SecretsManagerClient {
    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        return Optional.ofNullable(texts.get(request.secretId()))
                .map(text -> GetSecretValueResponse.builder().secretString(text).build())
                .orElseThrow(() -> ResourceNotFoundException.builder()
                        .message(request.secretId())
                        .build());
    }

    @Override
    public String serviceName() {
        return "secretsmanager";
    }

    @Override
    public void close() {}
}
