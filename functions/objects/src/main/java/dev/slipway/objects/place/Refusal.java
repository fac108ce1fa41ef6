package dev.slipway.objects.place;

import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.WireRefusal;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in a line why a store did not do what was asked, and what to do. */
final class Refusal {
    private static final int FORBIDDEN = 403;
    private static final Set<String> LOGIN = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "InvalidClientTokenId",
            "InvalidSecurity");
    private static final Set<String> REGION =
            Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");

    private Refusal() {}

    /**
     * What a store's answer means to whoever asked.
     *
     * @param tried in words, with the place
     * @param right what it takes, such as {@code s3:ListBucket}
     */
    static StoreUnreachable of(String tried, String right, SdkException e) {
        return e instanceof S3Exception answer
                ? new StoreUnreachable(
                        tried,
                        answered(answer.statusCode(), code(answer)),
                        remedy(answer.statusCode(), code(answer), right),
                        e)
                : silent(tried, String.valueOf(e.getMessage()), e);
    }

    static StoreUnreachable of(String tried, String right, WireRefusal e) {
        return new StoreUnreachable(tried, e.answer(), remedy(e, right), e);
    }

    static StoreUnreachable of(String tried, IOException e) {
        return silent(tried, String.valueOf(e.getMessage()), e);
    }

    static StoreUnreachable foreign(String tried) {
        return new StoreUnreachable(
                tried,
                "it answered not as S3 does, but with something else",
                "check the bucket's name, the endpoint and the rights of these credentials");
    }

    static String answered(int status, String code) {
        return "it answered " + status + (code.isEmpty() ? ", not as S3 does" : " " + code);
    }

    static String code(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : Optional.ofNullable(e.awsErrorDetails().errorCode()).orElse("");
    }

    /** @param right what it takes */
    static String remedy(WireRefusal e, String right) {
        return e.remedy().orElseGet(() -> remedy(e.status(), e.code(), right));
    }

    private static String remedy(int status, String code, String right) {
        if (code.equals("NoSuchBucket")) {
            return "check the bucket's name, or make the bucket";
        } else if (LOGIN.contains(code)) {
            return "check the access key and its secret";
        } else if (REGION.contains(code)) {
            return "name the bucket's region: ?region=";
        } else if (code.equals("RequestTimeTooSkewed")) {
            return "set this machine's clock";
        } else if (code.equals("InvalidObjectState")) {
            return "restore it from its archive first";
        } else if (status == FORBIDDEN) {
            return "grant these credentials " + right + " there";
        }
        return "check the bucket's name, the endpoint and the rights of these credentials";
    }

    private static StoreUnreachable silent(String tried, String said, @Nullable Throwable cause) {
        if (said.startsWith("Unable to load credentials")) {
            return new StoreUnreachable(
                    tried,
                    "no credentials are known",
                    "write them as s3://key:secret@bucket, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    cause);
        }
        Optional<UnknownHostException> host = host(cause);
        if (host.isPresent()) {
            return new StoreUnreachable(
                    tried,
                    "the name " + host.get().getMessage() + " is not known",
                    "check the host of the endpoint",
                    cause);
        }
        boolean tls = said.contains("SSL") || said.contains("PKIX");
        return new StoreUnreachable(
                tried,
                "it did not answer (" + said.replaceFirst(" *\\(SDK Attempt Count: \\d+\\)", "") + ")",
                tls
                        ? "check whether the endpoint is http or https, and its certificate"
                        : "check the endpoint, and that it can be reached from here",
                cause);
    }

    private static Optional<UnknownHostException> host(@Nullable Throwable failure) {
        return Stream.iterate(Optional.ofNullable(failure), Optional::isPresent, each -> each.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .filter(UnknownHostException.class::isInstance)
                .map(UnknownHostException.class::cast)
                .findFirst();
    }
}
