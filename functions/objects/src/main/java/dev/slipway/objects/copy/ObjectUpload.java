package dev.slipway.objects.copy;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Sends one object: in one request where it is small, otherwise part by part, of which one at a time is in memory. */
final class ObjectUpload {
    /** S3 takes 10,000 parts. */
    private static final int PARTS = 9_000;

    private final ObjectPlace source;
    private final Bucket target;
    private final int partBytes;

    ObjectUpload(ObjectPlace source, Bucket target, int partBytes) {
        this.source = source;
        this.target = target;
        this.partBytes = partBytes;
    }

    /** Whether it is sent in one request. */
    boolean isSmall(Item item) {
        return item.size() <= partBytes;
    }

    void sendWhole(Item item, byte[] content, Headers headers) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(target.bucket())
                .key(target.fullKey(item.key()))
                .contentType(headers.contentType())
                .metadata(headers.metadata());
        Map<String, String> standard = headers.standard();
        request.cacheControl(standard.get("cache-control"))
                .contentDisposition(standard.get("content-disposition"))
                .contentEncoding(standard.get("content-encoding"))
                .contentLanguage(standard.get("content-language"));
        target.s3().putObject(request.build(), RequestBody.fromBytes(content));
    }

    /** @throws FenceBroken if the content is another than the one whose digest was taken before */
    void sendParts(Item item, Headers headers) throws IOException {
        String key = target.fullKey(item.key());
        String upload = target.s3().createMultipartUpload(begin(key, headers)).uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> parts = parts(item, key, upload, headers.digest());
            target.s3()
                    .completeMultipartUpload(request -> request.bucket(target.bucket())
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts)));
            complete = true;
        } finally {
            if (!complete) {
                target.s3()
                        .abortMultipartUpload(request ->
                                request.bucket(target.bucket()).key(key).uploadId(upload));
            }
        }
    }

    private List<CompletedPart> parts(Item item, String key, String upload, String sha256) throws IOException {
        MessageDigest digest = Sha256.digest();
        List<CompletedPart> parts = new ArrayList<>();
        int size = Math.toIntExact(Math.max(partBytes, item.size() / PARTS));
        try (ObjectPlace.Opened opened = source.open(item)) {
            InputStream content = opened.content();
            for (byte[] part = content.readNBytes(size); part.length > 0; part = content.readNBytes(size)) {
                digest.update(part);
                parts.add(send(part, parts.size() + 1, key, upload));
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw changed(item);
        }
        return parts;
    }

    private CompletedPart send(byte[] part, int number, String key, String upload) {
        S3Client s3 = target.s3();
        String tag = s3.uploadPart(
                        request -> request.bucket(target.bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromBytes(part))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private CreateMultipartUploadRequest begin(String key, Headers headers) {
        Map<String, String> standard = headers.standard();
        return CreateMultipartUploadRequest.builder()
                .bucket(target.bucket())
                .key(key)
                .contentType(headers.contentType())
                .metadata(headers.metadata())
                .cacheControl(standard.get("cache-control"))
                .contentDisposition(standard.get("content-disposition"))
                .contentEncoding(standard.get("content-encoding"))
                .contentLanguage(standard.get("content-language"))
                .build();
    }

    FenceBroken changed(Item item) {
        return new FenceBroken(
                "copy " + item.key() + " of " + source.name(),
                "it was changed while it was read",
                "stop what writes there and copy it again");
    }
}
