package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.local.RunFolder;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A bucket of a real S3 server, in the place of a MinIO. */
record MinioBucket(S3Server server, String bucket) implements SourceObjects {
    /** A MinIO's, where nobody has told it another one. */
    private static final String REGION = "us-east-1";

    /** @throws InvalidInput if this machine can not build the server */
    static MinioBucket start(Checkout checkout, RunFolder run, String bucket) throws IOException {
        Path program = S3Program.of(checkout.root())
                .orElseThrow(() -> new InvalidInput(
                        "run a demo with an S3 server", "there is no Go that builds one", "install Go 1.24 or newer"));
        S3Server.Place place =
                new S3Server.Place(program, run.source().resolve("s3"), "127.0.0.1", /* readOnly= */ false).in(REGION);
        return new MinioBucket(S3Server.start(place), bucket);
    }

    @Override
    public StoreUrl url() {
        return StoreUrl.parse(server.url(bucket));
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "MINIO_ROOT_USER", S3Server.OWNER.key(),
                "MINIO_ROOT_PASSWORD", S3Server.OWNER.secret(),
                "MINIO_PORT", Integer.toString(URI.create(server.endpoint()).getPort()));
    }

    @Override
    public void close() {
        server.close();
    }
}
