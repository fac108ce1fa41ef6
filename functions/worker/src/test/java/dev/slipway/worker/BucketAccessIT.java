package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.S3Clients;
import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket has one policy: what closes it must leave the target's own statements in it. */
final class BucketAccessIT {
    private static final String APP = S3Server.GUEST.key();

    @TempDir
    Path folder;

    private S3Server server;
    private S3Client owner;
    private S3Client app;
    private BucketAccess access;

    @BeforeEach
    void start() throws IOException {
        Optional<Path> program = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        server = S3Server.start(new S3Server.Place(program.orElseThrow(), folder, "127.0.0.1", false));
        owner = S3Clients.of(StoreUrl.parse(server.url("any")));
        app = S3Clients.of(StoreUrl.parse(server.url(S3Server.GUEST, "any")));
        owner.createBucket(request -> request.bucket("media"));
        access = new BucketAccess(owner, "media", List.of(APP));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            owner.close();
            app.close();
            server.close();
        }
    }

    @Test
    void keepsTheTargetsOwnStatementsWhenItClosesAndOpens() {
        owner.putBucketPolicy(request -> request.bucket("media").policy("""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "App", "Effect": "Allow", "Principal": {"AWS": ["%s"]}, "Action": ["s3:PutObject"],
                   "Resource": ["arn:aws:s3:::media/*"]}]}
                """.formatted(APP)));
        upload();
        access.close();
        access.close();
        assertThat(policy()).containsOnlyOnce("SlipwayClosed").contains("\"App\"");
        assertThatThrownBy(this::upload).isInstanceOf(S3Exception.class).hasMessageContaining("explicit deny");
        access.open();
        assertThat(policy()).doesNotContain("SlipwayClosed").contains("\"App\"");
        upload();
    }

    @Test
    void leavesNoPolicyWhereThereWasNone() {
        access.open();
        access.close();
        assertThat(policy()).contains("SlipwayClosed");
        access.open();
        assertThatThrownBy(this::policy).hasMessageContaining("policy");
    }

    private void upload() {
        app.putObject(request -> request.bucket("media").key("a"), RequestBody.fromString("a"));
    }

    private String policy() {
        return owner.getBucketPolicy(request -> request.bucket("media")).policy();
    }
}
