package dev.slipway.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.migration.exception.ImageNotCopied;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Speaks to registries: manifests and blobs by the OCI Distribution Specification 1.1, logins by its basic and bearer schemes.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">the specification</a>
 */
public final class Registry {
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Duration UPLOAD = Duration.ofHours(1);
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404);
    private static final Pattern CHALLENGE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    // Redirects lead to other hosts' storage, which must not see the login: they are followed by hand.
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();
    private final RegistryLogins logins;

    public Registry(RegistryLogins logins) {
        this.logins = logins;
    }

    /** A manifest, byte for byte. Nobody compares two of them but by their digests. */
    @SuppressWarnings("ArrayRecordComponent")
    record Manifest(byte[] content, String mediaType, String digest) {
        JsonNode json() {
            try {
                return JsonMapper.builder().build().readTree(content);
            } catch (IOException e) {
                throw new ImageNotCopied("read a manifest", "it is no JSON", "build and push the image again");
            }
        }
    }

    Manifest manifest(ImageName image) {
        HttpResponse<byte[]> answer = ask(
                image,
                "pull",
                request(image.base() + "/manifests/" + image.reference(), ANSWER)
                        .header("Accept", MANIFESTS),
                BodyHandlers.ofByteArray());
        require(image, answer, 200);
        String digest = Digests.sha256(answer.body());
        if (image.reference().startsWith("sha256:") && !image.reference().equals(digest)) {
            throw new ImageNotCopied("read " + image, "the registry answered another manifest", "ask whoever runs it");
        }
        return new Manifest(
                answer.body(), answer.headers().firstValue("Content-Type").orElse(""), digest);
    }

    /**
     * Whether it has the image and gives it to us. Some do not tell whom they refuse from what they lack: Docker Hub answers 401 for
     * both.
     */
    public boolean gives(ImageName image) {
        HttpResponse<Void> answer = head(image, "pull");
        if (!REFUSALS.contains(answer.statusCode())) {
            require(image, answer, 200);
        }
        return answer.statusCode() == 200;
    }

    /** Empty where the registry has none of that name. */
    Optional<String> digest(ImageName image) {
        HttpResponse<Void> answer = head(image, "pull,push");
        return answer.statusCode() == 200 ? answer.headers().firstValue("Docker-Content-Digest") : Optional.empty();
    }

    private HttpResponse<Void> head(ImageName image, String actions) {
        return ask(
                image,
                actions,
                request(image.base() + "/manifests/" + image.reference(), ANSWER)
                        .header("Accept", MANIFESTS)
                        .method("HEAD", BodyPublishers.noBody()),
                BodyHandlers.discarding());
    }

    void put(ImageName image, Manifest manifest) {
        HttpResponse<byte[]> answer = ask(
                image,
                "pull,push",
                request(image.base() + "/manifests/" + image.reference(), ANSWER)
                        .header("Content-Type", manifest.mediaType())
                        .PUT(BodyPublishers.ofByteArray(manifest.content())),
                BodyHandlers.ofByteArray());
        require(image, answer, 201);
    }

    boolean hasBlob(ImageName image, String digest) {
        HttpResponse<Void> answer = ask(
                image,
                "pull,push",
                request(image.base() + "/blobs/" + digest, ANSWER).method("HEAD", BodyPublishers.noBody()),
                BodyHandlers.discarding());
        return answer.statusCode() == 200;
    }

    /** The caller closes it. */
    InputStream blob(ImageName image, String digest) {
        HttpResponse<InputStream> answer =
                ask(image, "pull", request(image.base() + "/blobs/" + digest, ANSWER), BodyHandlers.ofInputStream());
        Optional<String> elsewhere =
                answer.statusCode() / 100 == 3 ? answer.headers().firstValue("Location") : Optional.empty();
        if (elsewhere.isPresent()) {
            answer = send(request(resolved(image, elsewhere.get()), ANSWER).build(), BodyHandlers.ofInputStream());
        }
        require(image, answer, 200);
        return answer.body();
    }

    /** @param size of the content, in bytes */
    void put(ImageName image, String digest, InputStream content, long size) {
        HttpResponse<byte[]> place = ask(
                image,
                "pull,push",
                request(image.base() + "/blobs/uploads/", ANSWER).POST(BodyPublishers.noBody()),
                BodyHandlers.ofByteArray());
        require(image, place, 202);
        String location = resolved(image, place.headers().firstValue("Location").orElse(""));
        BodyPublisher body =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), Math.max(1, size));
        HttpResponse<byte[]> answer = ask(
                image,
                "pull,push",
                request(location + (location.contains("?") ? "&" : "?") + "digest=" + encoded(digest), UPLOAD)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(body),
                BodyHandlers.ofByteArray());
        require(image, answer, 201);
    }

    private static HttpRequest.Builder request(String url, Duration within) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(within);
    }

    /** Logs in where the registry asks for it. What is uploaded can be sent once only: its login is known by then. */
    private <T> HttpResponse<T> ask(
            ImageName image, String rights, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        String place = image.host() + "/" + image.repository() + " " + rights;
        Optional.ofNullable(authorizations.get(place)).ifPresent(known -> request.setHeader("Authorization", known));
        HttpResponse<T> answer = send(request.build(), body);
        Optional<String> challenge = answer.headers().firstValue("WWW-Authenticate");
        if (answer.statusCode() != 401 || challenge.isEmpty()) {
            return answer;
        }
        authorization(image, rights, challenge.get()).ifPresent(login -> authorizations.put(place, login));
        return Optional.ofNullable(authorizations.get(place))
                .map(login -> send(request.setHeader("Authorization", login).build(), body))
                .orElse(answer);
    }

    private Optional<String> authorization(ImageName image, String rights, String challenge) {
        Optional<String> login = logins.of(image.host()).map(each -> "Basic " + each);
        if (!challenge.toLowerCase(Locale.ROOT).startsWith("bearer")) {
            return login;
        }
        Map<String, String> said = CHALLENGE
                .matcher(challenge)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (first, second) -> first));
        String scope = "repository:" + image.repository() + ":" + rights;
        HttpRequest.Builder token = request(
                said.getOrDefault("realm", "") + "?service=" + encoded(said.getOrDefault("service", "")) + "&scope="
                        + encoded(scope),
                ANSWER);
        login.ifPresent(each -> token.header("Authorization", each));
        HttpResponse<byte[]> answer = send(token.build(), BodyHandlers.ofByteArray());
        require(image, answer, 200);
        JsonNode json = new Manifest(answer.body(), "", "").json();
        return Optional.of(
                "Bearer " + json.path("token").asText(json.path("access_token").asText()));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new ImageNotCopied(
                    "ask the registry " + request.uri().getHost(),
                    e.getClass().getSimpleName() + " "
                            + Optional.ofNullable(e.getMessage()).orElse(""),
                    "see whether it can be reached from the worker's network, and start again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageNotCopied("ask the registry " + request.uri().getHost(), "it was stopped", "start again");
        }
    }

    private static String resolved(ImageName image, String location) {
        return URI.create(image.base()).resolve(location).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void require(ImageName image, HttpResponse<?> answer, int wanted) {
        int status = answer.statusCode();
        if (status != wanted) {
            throw ImageNotCopied.answered(image.toString(), status);
        }
    }
}
