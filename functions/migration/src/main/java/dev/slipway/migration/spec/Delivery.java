package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What builds and deploys the app's next versions. */
public enum Delivery {
    /** AWS CodePipeline and CodeBuild. */
    @JsonProperty("codepipeline")
    CODEPIPELINE,
    /** A GitHub Actions workflow that assumes a role by OpenID Connect. */
    @JsonProperty("github-actions")
    GITHUB_ACTIONS
}
