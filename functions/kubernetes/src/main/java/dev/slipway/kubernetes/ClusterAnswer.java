package dev.slipway.kubernetes;

import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Tells in one line what a cluster answered. */
final class ClusterAnswer {
    private ClusterAnswer() {}

    static DeployFailed failed(String tried, KubernetesClientException answer) {
        return new DeployFailed(tried, why(answer), remedy(answer));
    }

    /** Of an object that may hold secrets: a refusal may repeat what it is about. */
    static DeployFailed failedInSecret(String tried, KubernetesClientException answer) {
        return new DeployFailed(
                tried, isSilent(answer) ? why(answer) : "the cluster answered " + answer.getCode(), remedy(answer));
    }

    private static String why(KubernetesClientException answer) {
        if (isSilent(answer)) {
            Throwable cause = Optional.ofNullable(answer.getCause()).orElse(answer);
            return "the cluster does not answer (" + cause.getClass().getSimpleName() + ")";
        }
        return "the cluster answered " + answer.getCode() + " ("
                + Optional.ofNullable(answer.getStatus())
                        .map(Status::getMessage)
                        .orElse("no reason") + ")";
    }

    /** The client has a number of its own, which is none of HTTP's, for an answer that it did not get. */
    private static boolean isSilent(KubernetesClientException answer) {
        return answer.getCode() <= 0;
    }

    private static String remedy(KubernetesClientException answer) {
        if (isSilent(answer)) {
            return "see whether the cluster is there and its public endpoint open, and start again";
        }
        return switch (answer.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                "give the role of the stack's output DeployRoleArn its access entry back, by provisioning again";
            default -> "see whether the manifest is right for Kubernetes as the target has it; all stays on the source";
        };
    }
}
