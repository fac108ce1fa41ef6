package dev.slipway.account;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Sends what is written to it as one object, which appears only when {@link #complete()} was called. What fits into one part is one
 * request; more becomes a multipart upload, which is given up where the stream is closed before it is complete.
 */
final class S3Upload extends OutputStream {
    private static final int PART_BYTES = 8 << 20;

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final byte[] buffer = new byte[PART_BYTES];
    private final List<CompletedPart> parts = new ArrayList<>();
    private int filled;
    private Optional<String> multipart = Optional.empty();
    private boolean complete;

    S3Upload(S3Client s3, String bucket, String key) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == PART_BYTES) {
                sendPart();
            }
            int taken = Math.min(left, PART_BYTES - filled);
            System.arraycopy(bytes, from, buffer, filled, taken);
            filled += taken;
            from += taken;
            left -= taken;
        }
    }

    void complete() {
        if (multipart.isEmpty()) {
            s3.putObject(request -> request.bucket(bucket).key(key), body());
        } else {
            sendPart();
            s3.completeMultipartUpload(request ->
                    request.bucket(bucket).key(key).uploadId(upload()).multipartUpload(all -> all.parts(parts)));
        }
        complete = true;
    }

    private void sendPart() {
        String upload = upload();
        int number = parts.size() + 1;
        String tag = s3.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        body())
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        filled = 0;
    }

    private String upload() {
        if (multipart.isEmpty()) {
            multipart = Optional.of(
                    s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                            .uploadId());
        }
        return multipart.get();
    }

    private RequestBody body() {
        return RequestBody.fromInputStream(new java.io.ByteArrayInputStream(buffer, 0, filled), filled);
    }

    @Override
    public void close() throws IOException {
        if (!complete) {
            multipart.ifPresent(upload -> s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload)));
        }
    }
}
