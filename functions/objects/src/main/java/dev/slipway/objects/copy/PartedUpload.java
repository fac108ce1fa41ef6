package dev.slipway.objects.copy;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.slipway.migration.BoundedTasks;
import dev.slipway.migration.ReadLimit;
import dev.slipway.objects.manifest.UploadNote;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectChanged;
import dev.slipway.objects.place.ObjectReader;
import dev.slipway.objects.place.ReadRefused;
import dev.slipway.objects.session.Crc64;
import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends an object in parts, some at once, each from the source's socket or file to the target's through one small buffer. The whole is
 * proved by the store when it is put together: the parts' checksums make the object's.
 */
final class PartedUpload {
    private static final Pattern UPLOAD = Pattern.compile("<UploadId>([^<]+)</UploadId>");
    private static final Pattern TAG = Pattern.compile("<ETag>([^<]+)</ETag>");
    private static final int AT_ONCE = 4;
    /** S3 takes 10,000. */
    private static final int PARTS = 9_500;

    private static final int BUFFER = 1 << 16;
    private static final RetryPolicy<Object> PATIENCE = RetryPolicy.builder()
            .handleIf(e -> e instanceof Wire.SourceLost
                    && !(e.getCause() instanceof ObjectChanged)
                    && !(e.getCause() instanceof ReadRefused))
            .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
            .withMaxRetries(4)
            .build();

    private final ObjectReader source;
    private final Bucket target;
    private final TargetTerms terms;
    private final ReadLimit limit;
    private final int partBytes;
    private final OwnUploads uploads;

    PartedUpload(
            ObjectReader source, Bucket target, TargetTerms terms, ReadLimit limit, int partBytes, OwnUploads uploads) {
        this.source = source;
        this.target = target;
        this.terms = terms;
        this.limit = limit;
        this.partBytes = partBytes;
        this.uploads = uploads;
    }

    /** A part that has arrived. */
    private record Part(String tag, long crc, long bytes) {}

    /** Where and as what an object has arrived. */
    record Arrived(String tag, String checksum) {}

    /** @throws WireRefusal with 412 if the target's object is not the one that was seen */
    Arrived send(Item item, Headers headers, Optional<Item> seen) throws IOException {
        String key = target.fullKey(item.key());
        UploadNote note = uploads.begins(key);
        UploadNote begun = note.as(begin(note, headers));
        boolean ended = false;
        try {
            uploads.began(begun);
            AtomicReferenceArray<Part> parts = parts(item, key, begun.upload());
            if (!source.isUnchanged(item)) {
                throw new ObjectChanged(item);
            }
            Arrived arrived = complete(key, begun.upload(), parts, seen);
            ended = true;
            return arrived;
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw cause instanceof Wire.SourceLost lost && lost.getCause() instanceof IOException lostBy
                    ? lostBy
                    : cause;
        } finally {
            end(begun, ended);
        }
    }

    /** It costs money for as long as it lies there; what cannot be given up now is given up by a later call. */
    private void end(UploadNote upload, boolean ended) {
        try {
            if (!ended) {
                uploads.giveUp(upload.key(), upload.upload());
            }
            uploads.ended(upload);
        } catch (IOException e) {
            // What failed before says more.
            return;
        }
    }

    private String begin(UploadNote note, Headers headers) throws IOException {
        while (true) {
            Map<String, String> all = new TreeMap<>(headers.ofRequest());
            all.putAll(terms.wishes());
            if (terms.checksums()) {
                all.put("x-amz-checksum-algorithm", "CRC64NVME");
                all.put("x-amz-checksum-type", "FULL_OBJECT");
            }
            try {
                return found(
                        UPLOAD,
                        post(WireRequest.post(
                                note.key(), Map.of("uploads", ""), all, WireRequest.Body.of(new byte[0]))));
            } catch (WireRefusal e) {
                if (!terms.lowers(e, all)) {
                    uploads.ended(note);
                    throw e;
                }
            }
        }
    }

    private AtomicReferenceArray<Part> parts(Item item, String key, String upload) {
        long size = Math.max(partBytes, -Math.floorDiv(-item.size(), PARTS));
        int count = Math.toIntExact(-Math.floorDiv(-item.size(), size));
        AtomicReferenceArray<Part> parts = new AtomicReferenceArray<>(count);
        try (BoundedTasks tasks = new BoundedTasks("objects-part", AT_ONCE)) {
            for (int i = 0; i < count; i++) {
                int part = i;
                long from = part * size;
                long bytes = Math.min(size, item.size() - from);
                tasks.run(() -> parts.set(part, send(item, from, bytes, key, upload, part + 1)));
            }
            tasks.await();
        }
        return parts;
    }

    private Part send(Item item, long from, long bytes, String key, String upload, int number) {
        try {
            return Failsafe.with(PATIENCE).get(() -> sendOnce(item, from, bytes, key, upload, number));
        } catch (FailsafeException e) {
            throw e.getCause() instanceof IOException cause ? new UncheckedIOException(cause) : e;
        }
    }

    private Part sendOnce(Item item, long from, long bytes, String key, String upload, int number) throws IOException {
        Crc64 crc = new Crc64();
        WireRequest.Body body = new WireRequest.Body(bytes, out -> pour(item, from, bytes, crc, out));
        Map<String, String> query = Map.of("partNumber", String.valueOf(number), "uploadId", upload);
        try (WireAnswer answer = target.wire().send(WireRequest.put(key, query, Map.of(), body))) {
            return new Part(answer.header("etag").orElse(""), crc.getValue(), bytes);
        }
    }

    private void pour(Item item, long from, long bytes, Crc64 crc, OutputStream out) throws IOException {
        crc.reset();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = opened(item, from, bytes)) {
            for (long left = bytes; left > 0; ) {
                int read = read(content, buffer, left, item);
                crc.update(buffer, 0, read);
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private InputStream opened(Item item, long from, long bytes) throws IOException {
        try {
            return limit.on(source.open(item, from, bytes));
        } catch (IOException e) {
            throw new Wire.SourceLost(e);
        }
    }

    private static int read(InputStream content, byte[] buffer, long left, Item item) throws IOException {
        try {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new ObjectChanged(item);
            }
            return read;
        } catch (IOException e) {
            throw new Wire.SourceLost(e);
        }
    }

    private Arrived complete(String key, String upload, AtomicReferenceArray<Part> parts, Optional<Item> seen)
            throws IOException {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        long crc = 0;
        for (int i = 0; i < parts.length(); i++) {
            Part part = parts.get(i);
            xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
            xml.append(part.tag().replace("\"", "&quot;")).append("</ETag>");
            if (terms.checksums()) {
                xml.append("<ChecksumCRC64NVME>").append(Crc64.text(part.crc())).append("</ChecksumCRC64NVME>");
            }
            xml.append("</Part>");
            crc = i == 0 ? part.crc() : Crc64.joined(crc, part.crc(), part.bytes());
        }
        String checksum = Crc64.text(crc);
        byte[] body = xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
        while (true) {
            Map<String, String> all = new TreeMap<>(terms.condition(seen));
            all.putAll(terms.checksum(checksum));
            if (terms.checksums()) {
                all.put("x-amz-checksum-type", "FULL_OBJECT");
            }
            try {
                String answer = post(WireRequest.post(key, Map.of("uploadId", upload), all, WireRequest.Body.of(body)));
                String tag = found(TAG, answer);
                terms.answered(answer.contains(checksum), /* signed= */ false);
                return new Arrived(tag.replace("&quot;", "\"").replace("&#34;", "\""), checksum);
            } catch (WireRefusal e) {
                if (!terms.lowers(e, all)) {
                    throw e;
                }
            }
        }
    }

    private String post(WireRequest request) throws IOException {
        try (WireAnswer answer = target.wire().send(request)) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** S3 may answer a success that turns out to be none while the parts are put together. */
    private static String found(Pattern wanted, String answer) throws IOException {
        Matcher matcher = wanted.matcher(answer);
        if (!matcher.find()) {
            throw WireRefusal.of(answer);
        }
        return matcher.group(1);
    }
}
