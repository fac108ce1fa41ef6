package dev.slipway.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.AppAccess;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of the target, made for this app: closed by a statement of its policy that denies the app's roles to write. Other
 * statements, such as one that lets a CDN read, stay.
 *
 * @param writers ARNs of the roles; none: nobody of the app writes
 */
record BucketAccess(S3Client s3, String bucket, List<String> writers) implements AppAccess {
    private static final String STATEMENTS = "Statement";
    private static final String SID = "SlipwayClosed";

    @Override
    public void close() {
        ObjectNode policy = withoutOwn();
        if (!writers.isEmpty()) {
            statements(policy).add(StrictJson.mapper().<ObjectNode>valueToTree(denial()));
        }
        put(policy);
    }

    @Override
    public void open() {
        put(withoutOwn());
    }

    private ObjectNode withoutOwn() {
        ObjectNode policy = policy();
        ArrayNode others = StrictJson.mapper().createArrayNode();
        statements(policy).forEach(statement -> {
            if (!statement.path("Sid").asText().equals(SID)) {
                others.add(statement);
            }
        });
        policy.set(STATEMENTS, others);
        return policy;
    }

    private void put(ObjectNode policy) {
        if (statements(policy).isEmpty()) {
            s3.deleteBucketPolicy(request -> request.bucket(bucket));
        } else {
            s3.putBucketPolicy(request -> request.bucket(bucket).policy(policy.toString()));
        }
    }

    private ObjectNode policy() {
        try {
            String text = s3.getBucketPolicy(request -> request.bucket(bucket)).policy();
            return (ObjectNode) StrictJson.mapper().readTree(text);
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw e;
            }
            return StrictJson.mapper().createObjectNode().put("Version", "2012-10-17");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArrayNode statements(ObjectNode policy) {
        return policy.path(STATEMENTS) instanceof ArrayNode many ? many : policy.putArray(STATEMENTS);
    }

    private Map<String, Object> denial() {
        return Map.of(
                "Sid",
                SID,
                "Effect",
                "Deny",
                "Principal",
                Map.of("AWS", writers),
                "Action",
                List.of("s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"),
                "Resource",
                "arn:aws:s3:::" + bucket + "/*");
    }
}
