package dev.slipway.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * Speaks the Price List API's protocol (JSON 1.1) on loopback: products in the form that AWS gives them, filtered as it does, two a page.
 * Beside what is asked for stand the products that are easily taken for it: reserved, on Outposts, for extended support, of another engine.
 */
final class PriceListServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 2;

    private final HttpServer server;
    private final JsonNode products;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    PriceListServer() throws IOException {
        try (InputStream recorded =
                Objects.requireNonNull(PriceListServer.class.getResourceAsStream("price-list.json"))) {
            products = JSON.readTree(recorded);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The filters of each request, and its page. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        boolean isAsked = "AWSPriceListService.GetProducts".equals(header(exchange, "X-Amz-Target"))
                && header(exchange, "Authorization").contains("/us-east-1/pricing/aws4_request");
        byte[] body = JSON.writeValueAsBytes(isAsked ? page(request) : refusal());
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(isAsked ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    private static ObjectNode refusal() {
        return JSON.createObjectNode().put("__type", "AccessDeniedException").put("Message", "not authorized");
    }

    private ObjectNode page(JsonNode request) {
        int from = request.path("NextToken").asInt(0);
        asked.add(request.path("ServiceCode").asText() + request.path("Filters") + from);
        List<JsonNode> found = products.valueStream()
                .filter(product -> product.path("serviceCode").equals(request.path("ServiceCode")))
                .filter(product -> request.path("Filters").valueStream().allMatch(filter -> fits(product, filter)))
                .toList();
        ObjectNode page = JSON.createObjectNode().put("FormatVersion", "aws_v1");
        ArrayNode list = page.putArray("PriceList");
        IntStream.range(from, Math.min(from + PAGE, found.size()))
                .forEach(i -> list.add(found.get(i).toString()));
        if (from + PAGE < found.size()) {
            page.put("NextToken", Integer.toString(from + PAGE));
        }
        return page;
    }

    private static boolean fits(JsonNode product, JsonNode filter) {
        String field = filter.path("Field").asText();
        JsonNode value = field.equals("productFamily")
                ? product.at("/product/productFamily")
                : product.at("/product/attributes/" + field);
        return filter.path("Type").asText().equals("TERM_MATCH") && value.equals(filter.path("Value"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
