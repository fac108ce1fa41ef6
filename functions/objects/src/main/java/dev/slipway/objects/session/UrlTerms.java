package dev.slipway.objects.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** What the URL of a folder or a bucket may say. What is misspelt is refused: it would silently not be done. */
public final class UrlTerms {
    private static final List<String> OF_A_BUCKET = List.of("endpoint", "kms", "region", "sse", "storage", "versions");
    private static final List<String> OF_A_FOLDER = List.of("types");
    /** Those of before 2018, too: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]+");

    private static final String ALL = "all";

    private UrlTerms() {}

    /** Whether all versions of the objects are meant, and not the current ones. */
    public static boolean meansVersions(StoreUrl url) {
        return url.parameter("versions").filter(ALL::equals).isPresent();
    }

    /** @throws InvalidInput if the URL says what nobody can do */
    public static void require(StoreUrl url) {
        if (url.scheme().equals("file")) {
            requireFolder(url);
        } else {
            requireBucket(url);
        }
    }

    /** The bucket's name; one with an underscore is no host's. */
    public static String bucket(StoreUrl url) {
        String authority = Optional.ofNullable(url.uri().getRawAuthority()).orElse("");
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static void requireFolder(StoreUrl url) {
        if (url.uri().getRawPath() == null || url.uri().getRawAuthority() != null) {
            throw bad("it names no folder of this machine", "write it as file:///folder, with three slashes");
        }
        requireKnown(url, OF_A_FOLDER);
    }

    private static void requireBucket(StoreUrl url) {
        if (!BUCKET.matcher(bucket(url)).matches()) {
            throw bad(
                    "no bucket can be read from it",
                    "write it as s3://key:secret@bucket/prefix?endpoint=http://host:port, with reserved characters percent-encoded");
        }
        if (url.user().isPresent() != url.password().isPresent()) {
            throw bad(
                    "it names a key without a secret, or a secret without a key",
                    "write both as s3://key:secret@bucket, or neither");
        }
        requireKnown(url, OF_A_BUCKET);
        url.parameter("endpoint").ifPresent(UrlTerms::requireEndpoint);
        url.parameter("region")
                .filter(region -> !REGION.matcher(region).matches())
                .ifPresent(region -> {
                    throw bad("there is no region '" + region + "'", "name one such as eu-central-1");
                });
        requireOneOf("versions", url, Stream.of(ALL));
        requireOneOf("storage", url, StorageClass.knownValues().stream().map(StorageClass::toString));
        requireOneOf("sse", url, ServerSideEncryption.knownValues().stream().map(ServerSideEncryption::toString));
        if (url.parameter("kms").isPresent() && !url.parameter("sse").orElse("").startsWith("aws:kms")) {
            throw bad("it names a key of KMS and does not ask for its use", "add sse=aws:kms, or leave out kms=");
        }
    }

    private static void requireKnown(StoreUrl url, List<String> known) {
        String query = Optional.ofNullable(url.uri().getRawQuery()).orElse("");
        Stream.of(query.split("&", -1))
                .map(pair -> pair.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw bad(
                            "its parameter '" + name + "' is none that is known",
                            "leave it out; known are " + String.join(", ", known));
                });
    }

    private static void requireEndpoint(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // As any other that is none.
        }
        throw bad("its endpoint is no address of a store", "write it as endpoint=http://host:port or https://host");
    }

    private static void requireOneOf(String name, StoreUrl url, Stream<String> known) {
        List<String> values = known.sorted().toList();
        url.parameter(name).filter(value -> !values.contains(value)).ifPresent(value -> {
            throw bad("there is no " + name + " '" + value + "'", "use one of " + String.join(", ", values));
        });
    }

    // Without the URL: a part of it that was misread may be a password.
    private static InvalidInput bad(String failed, String remedy) {
        return new InvalidInput("read a store's URL", failed, remedy);
    }
}
