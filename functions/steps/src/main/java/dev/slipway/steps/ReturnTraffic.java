package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.account.TrafficRecord;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.ShiftDecision;
import dev.slipway.migration.plan.Plan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;

/** Gives all traffic back to the source and puts the record back as it was. Where no shift began there is nothing to do. */
public final class ReturnTraffic extends Step<ReturnTraffic.Input, ReturnTraffic.Output> {
    private final Route53Client route53;
    private final JsonArtifacts artifacts;
    private final InstantSource clock;

    public ReturnTraffic() {
        this(Settings.fromEnvironment());
    }

    private ReturnTraffic(Settings settings) {
        this(
                Clients.of(Route53Client.builder()),
                new JsonArtifacts(new S3Artifacts(Clients.of(S3Client.builder()), settings.bucket())),
                InstantSource.system());
    }

    ReturnTraffic(Route53Client route53, JsonArtifacts artifacts, InstantSource clock) {
        super(Input.class);
        this.route53 = route53;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** Which attempt goes back. */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt) {}

    /** Whether any traffic may have been on the new side. */
    public record Output(boolean returned) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Optional<TrafficRecord.Original> original = TrafficRecord.Original.noted(attempt, artifacts);
        original.ifPresent(record -> putBack(attempt, record));
        return new Output(original.isPresent());
    }

    private void putBack(Attempt attempt, TrafficRecord.Original original) {
        TrafficRecord.of(route53, artifacts.read(attempt.plan(), Plan.class)).restore(original);
        Instant now = clock.instant();
        artifacts.write(
                attempt.decision(now.toString()),
                new ShiftDecision(now, 0, ShiftDecision.Decision.RETURN, 0, 0, 0, "all traffic back on the source"));
    }
}
