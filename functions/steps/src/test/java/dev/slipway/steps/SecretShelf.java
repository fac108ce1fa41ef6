package dev.slipway.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;

/** Secrets with their versions, in memory; the passwords that it makes up are counted. */
final class SecretShelf implements SecretsManagerClient {
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, List<String>> versions = new TreeMap<>();
    private int madeUp;

    SecretShelf with(String id, String text) {
        texts.put(id, text);
        return this;
    }

    String text(String id) {
        return Optional.ofNullable(texts.get(id)).orElseThrow();
    }

    /** The versions that were written, by their tokens. */
    List<String> written(String id) {
        return versions.getOrDefault(id, List.of());
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        return GetSecretValueResponse.builder()
                .secretString(text(request.secretId()))
                .build();
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
        String token = Optional.ofNullable(request.clientRequestToken()).orElse("any");
        versions.computeIfAbsent(request.secretId(), _ -> new ArrayList<>()).add(token);
        texts.put(request.secretId(), request.secretString());
        return PutSecretValueResponse.builder().build();
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
        Map<String, List<String>> stages = new TreeMap<>();
        written(request.secretId()).forEach(version -> stages.put(version, List.of("AWSCURRENT")));
        return DescribeSecretResponse.builder().versionIdsToStages(stages).build();
    }

    @Override
    public GetRandomPasswordResponse getRandomPassword(GetRandomPasswordRequest request) {
        madeUp++;
        return GetRandomPasswordResponse.builder()
                .randomPassword("made" + madeUp)
                .build();
    }

    @Override
    public String serviceName() {
        return "secretsmanager";
    }

    @Override
    public void close() {}
}
