package dev.slipway.objects;

import dev.slipway.migration.StoreUrl;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** A server of this process that speaks S3 and keeps its objects in memory. */
public final class S3Server implements AutoCloseable {
    private final BlobStoreContext context;
    private final S3Proxy proxy;

    public S3Server() throws Exception {
        context = ContextBuilder.newBuilder(new TransientApiMetadata())
                .credentials("key", "secret")
                .build(BlobStoreContext.class);
        proxy = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key", "secret")
                .build();
        proxy.start();
    }

    public StoreUrl bucket(String name) {
        context.getBlobStore().createContainerInLocation(null, name);
        return url(name);
    }

    public StoreUrl url(String bucketAndPrefix) {
        String endpoint = URLEncoder.encode("http://127.0.0.1:" + proxy.getPort(), StandardCharsets.UTF_8);
        return StoreUrl.parse("s3://key:secret@" + bucketAndPrefix + "?region=eu-central-1&endpoint=" + endpoint);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.close();
    }
}
