package dev.slipway.objects;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.S3Clients;
import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.S3Client;

/** A server of tags, versions, policies and checksums, its buckets and its owner's client; where Go cannot build it, the test is skipped. */
public final class RealServer implements AutoCloseable {
    private final AtomicInteger buckets = new AtomicInteger();
    private final S3Server server;
    private final S3Client owner;

    private RealServer(S3Server server) {
        this.server = server;
        this.owner = S3Clients.of(StoreUrl.parse(server.url("any")));
    }

    public static RealServer start(Path folder) throws IOException {
        return start(folder, false);
    }

    public static RealServer start(Path folder, boolean readOnly) throws IOException {
        Optional<Path> program = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        return new RealServer(S3Server.start(new S3Server.Place(program.orElseThrow(), folder, "127.0.0.1", readOnly)));
    }

    public S3Client owner() {
        return owner;
    }

    /** A new, empty bucket's name. */
    public String bucket() {
        String name = "bucket-" + buckets.incrementAndGet();
        owner.createBucket(request -> request.bucket(name));
        return name;
    }

    public StoreUrl url(String bucketAndPrefix) {
        return StoreUrl.parse(server.url(bucketAndPrefix));
    }

    /** As somebody to whom only a bucket's policy grants anything. */
    StoreUrl guestUrl(String bucketAndPrefix) {
        return StoreUrl.parse(server.url(S3Server.GUEST, bucketAndPrefix));
    }

    /** Lets the guest read the bucket's objects, but for those below a prefix, and not its settings. */
    void letGuestRead(String bucket, String exceptPrefix) {
        owner.putBucketPolicy(request -> request.bucket(bucket).policy("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": ["guest"]}, "Action": ["s3:ListBucket", "s3:GetObject", "s3:GetObjectTagging"],
                   "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]},
                  {"Effect": "Deny", "Principal": {"AWS": ["guest"]}, "Action": ["s3:GetObject"],
                   "Resource": ["arn:aws:s3:::%1$s/%2$s*"]}]}
                """.formatted(bucket, exceptPrefix)));
    }

    void stop() {
        server.kill();
    }

    @Override
    public void close() {
        owner.close();
        server.close();
    }
}
