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
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Teaches fabric8's server what an apply is, to which it answers 404 or 415: here one manager has all fields, so that what it applies
 * is the object.
 */
class ApplyingDispatcher extends KubernetesCrudDispatcher {
    private final Map<String, String> logs = new ConcurrentHashMap<>();

    /** What a pod's containers said; the server itself keeps no logs. */
    void says(String pod, String log) {
        logs.put("/pods/" + pod + "/log", log);
    }

    @Override
    public MockResponse handleGet(String path) {
        return logs.entrySet().stream()
                .filter(log -> path.contains(log.getKey()))
                .findFirst()
                .map(log -> new MockResponse()
                        .setResponseCode(HttpURLConnection.HTTP_OK)
                        .setBody(log.getValue()))
                .orElseGet(() -> super.handleGet(path));
    }

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
