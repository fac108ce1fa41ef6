package dev.slipway.objects.session;

import dev.slipway.migration.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Signature Version 4</a>
 */
final class RequestSignature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String HMAC = "HmacSHA256";
    private static final String PLAIN = "-_.~";
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private final String region;
    private volatile SigningKey known = new SigningKey("", "", mac(new byte[1]));
    private volatile Moment now = new Moment(Instant.EPOCH);

    RequestSignature(String region) {
        this.region = region;
    }

    /** A key for a day, which every request of the day is signed with; of the Mac only copies are used. */
    private record SigningKey(String secret, String day, Mac mac) {}

    /** A second, as it is written. */
    private record Moment(long second, String text) {
        Moment(Instant time) {
            this(time.getEpochSecond(), TIME.format(time));
        }
    }

    /** Adds what the store wants to see; the headers have the host already. */
    void sign(
            String method,
            String path,
            SortedMap<String, String> query,
            SortedMap<String, String> headers,
            String payload,
            AwsCredentialsIdentity login) {
        String time = time();
        String day = time.substring(0, 8);
        headers.put("x-amz-date", time);
        headers.put("x-amz-content-sha256", payload);
        if (login instanceof AwsSessionCredentialsIdentity session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder(512);
        canonical
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(query(query))
                .append('\n');
        headers.forEach((name, value) -> canonical
                .append(name)
                .append(':')
                .append(withSingleSpaces(value.strip()))
                .append('\n'));
        canonical.append('\n').append(names).append('\n').append(payload);
        String scope = day + "/" + region + "/s3/aws4_request";
        String text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical.toString());
        String signature = HexFormat.of().formatHex(hmac(mac(login.secretAccessKey(), day), text));
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + login.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
    }

    private String time() {
        Instant time = Instant.now();
        Moment last = now;
        if (last.second() != time.getEpochSecond()) {
            last = new Moment(time);
            now = last;
        }
        return last.text();
    }

    private static String withSingleSpaces(String value) {
        return value.contains("  ") ? value.replaceAll(" +", " ") : value;
    }

    static String query(Map<String, String> query) {
        return query.entrySet().stream()
                .map(pair -> encoded(pair.getKey(), "") + "=" + encoded(pair.getValue(), ""))
                .collect(Collectors.joining("&"));
    }

    /** The bytes of a key as a path: S3 takes no path apart, so neither {@code //} nor {@code ..} is made simpler. */
    static String path(String key) {
        return encoded(key, "/");
    }

    private static String encoded(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xFF);
            boolean alphanumeric = letter < 128 && Character.isLetterOrDigit(letter);
            if (alphanumeric || PLAIN.indexOf(letter) >= 0 || kept.indexOf(letter) >= 0) {
                encoded.append(letter);
            } else {
                encoded.append('%').append(UPPER.toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private Mac mac(String secret, String day) {
        SigningKey last = known;
        if (!last.day().equals(day) || !last.secret().equals(secret)) {
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String step : List.of(day, region, "s3", "aws4_request")) {
                key = hmac(mac(key), step);
            }
            last = new SigningKey(secret, day, mac(key));
            known = last;
        }
        return last.mac();
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(Mac mac, String text) {
        try {
            return ((Mac) mac.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
