package dev.slipway.objects.place;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Turns file names into keys and back, byte for byte. A {@link Path}'s text depends on the process's locale, where a plain C locale
 * loses every letter beyond ASCII; its URI has the name's bytes.
 */
public final class FileNames {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Path root;
    private final String prefix;

    public FileNames(Path root) {
        this.root = root;
        String uri = root.toUri().getRawPath();
        this.prefix = uri.endsWith("/") ? uri : uri + "/";
    }

    /** The key, or empty where the name's bytes are no UTF-8: S3 has no key for it. */
    public Optional<String> key(Path file) {
        byte[] bytes = decoded(escaped(file));
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The name with each unusual byte as {@code %XX}: one line whatever is in it. */
    public String escaped(Path file) {
        if (file.equals(root)) {
            return "";
        }
        String path = file.toUri().getRawPath();
        return path.substring(prefix.length(), path.endsWith("/") ? path.length() - 1 : path.length());
    }

    /** A path as the system knows it. */
    public static byte[] bytes(Path file) {
        return decoded(file.toUri().getRawPath());
    }

    public Path ofKey(String key) {
        StringBuilder path = new StringBuilder();
        for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each)) {
                path.append((char) each);
            } else {
                path.append('%').append(HEX.toHexDigits(each));
            }
        }
        return ofEscaped(path.toString());
    }

    public Path ofEscaped(String escaped) {
        return escaped.isEmpty() ? root : Path.of(URI.create("file://" + prefix + escaped));
    }

    private static boolean isPlain(byte each) {
        return each == '/' || (each > 0 && Character.isLetterOrDigit((char) each));
    }

    private static byte[] decoded(String escaped) {
        ByteBuffer bytes = ByteBuffer.allocate(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put((byte) escaped.charAt(i));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
