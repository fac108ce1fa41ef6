package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What runs the app's services on the target. */
public enum Compute {
    /** ECS on Fargate. */
    @JsonProperty("fargate")
    FARGATE,
    /** A Kubernetes cluster. */
    @JsonProperty("eks")
    EKS,
    /** The servers that run them today, behind the target's load balancer. */
    @JsonProperty("servers")
    SERVERS,
    /** Nothing: only the stores are moved. */
    @JsonProperty("none")
    NONE
}
