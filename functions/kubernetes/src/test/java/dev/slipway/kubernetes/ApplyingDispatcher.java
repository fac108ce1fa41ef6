package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Teaches fabric8's server what an apply is, to which it answers 404 or 415: here one manager has all fields, so that what it applies
 * is the object.
 */
final class ApplyingDispatcher extends KubernetesCrudDispatcher {
    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        if (!String.valueOf(request.getHeader("Content-Type")).contains("apply-patch")) {
            return super.handlePatch(request);
        }
        String path = request.getPath().replaceFirst("\\?.*", "");
        Map.Entry<AttributeSet, String> known = findResource(getKey(path));
        if (known == null) {
            return handleCreate(as(request, HttpMethod.POST, path.replaceFirst("/[^/]+$", ""), request.getBody()));
        }
        ObjectNode object = Serialization.unmarshal(request.getUtf8Body(), ObjectNode.class);
        JsonNode status =
                Serialization.unmarshal(known.getValue(), ObjectNode.class).path("status");
        if (status.isObject()) {
            object.set("status", status);
        }
        Buffer body = new Buffer(object.toString().getBytes(StandardCharsets.UTF_8));
        return handleUpdate(as(request, HttpMethod.PUT, path, body));
    }

    private static RecordedRequest as(RecordedRequest request, HttpMethod method, String path, Buffer body) {
        Headers headers =
                Headers.builder().add("Content-Type", "application/json").build();
        return new RecordedRequest(request.getHttpVersion(), method, path, headers, body);
    }
}
