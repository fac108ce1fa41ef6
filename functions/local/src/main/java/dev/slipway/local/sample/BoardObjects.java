package dev.slipway.local.sample;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The uploaded datasets in SmartBoard's bucket, each a table of comma-separated values. */
final class BoardObjects {
    private static final int MOST_LINES = 400;

    private final int objects;

    BoardObjects(int objects) {
        this.objects = objects;
    }

    /** The key of a dataset's file. */
    static String upload(long dataset) {
        return "uploads/" + dataset + ".csv";
    }

    /** Makes the bucket and fills it. */
    void writeTo(S3Client s3, String bucket) {
        s3.createBucket(request -> request.bucket(bucket));
        keys().parallel().forEach(key -> write(s3, bucket, key));
    }

    private static void write(S3Client s3, String bucket, String key) {
        s3.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .contentType("text/csv; charset=utf-8")
                        .metadata(Map.of("uploaded-by", "sample")),
                RequestBody.fromBytes(contentOf(key)));
    }

    private Stream<String> keys() {
        Stream<String> exports = IntStream.range(0, objects / 5)
                .mapToObj(number -> "exports/Région %d/week %02d (größer).csv".formatted(number % 7, number));
        return Stream.concat(IntStream.rangeClosed(1, objects - objects / 5).mapToObj(BoardObjects::upload), exports);
    }

    private static byte[] contentOf(String key) {
        Draw draw = new Draw(key);
        StringBuilder text = new StringBuilder("day,place,amount\n");
        for (int line = draw.below(MOST_LINES); line >= 0; line--) {
            text.append(line)
                    .append(',')
                    .append(draw.lastName())
                    .append(',')
                    .append(draw.below(100_000))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
