package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the services' images are taken from. */
public enum Images {
    /** From the app's own repositories in ECR, into which they are copied first. */
    @JsonProperty("ecr")
    ECR,
    /** From the registries that the app's files name. */
    @JsonProperty("source")
    SOURCE
}
