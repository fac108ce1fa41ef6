package dev.slipway.compose.images;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image's reference says.
 *
 * @param parts of the repository in lower case, without registry; of one of Docker Hub's own images it is one
 * @param tag empty where none is written
 */
public record Image(List<String> parts, String tag) {
    private static final Pattern REGISTRY = Pattern.compile(".*[.:].*|localhost");
    private static final Pattern LEADING =
            Pattern.compile("(?:^|[a-z_]+[_-]|.*?[_-]v)v?(\\d+(?:\\.\\d+)*)(?:[^\\d.].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern AFTER_PG = Pattern.compile(".*pg-?v?(\\d+(?:\\.\\d+)*).*", Pattern.CASE_INSENSITIVE);
    /** Systems that an image is built on, with their own versions, e.g. {@code -alpine3.20}. */
    private static final Pattern BASE = Pattern.compile(
            "(?i)[-_.]?(alpine|debian|ubuntu|bookworm|bullseye|buster|trixie|jammy|ubi|rhel)[-_]?[\\d.]*");

    public Image {
        parts = List.copyOf(parts);
    }

    /** Reads {@code [registry/]repository[:tag][@digest]}; an empty text is an image without a name. */
    public static Image parse(String text) {
        String named = text.strip().replaceFirst("@.*$", "");
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String repository = colon < 0 ? named : named.substring(0, colon);
        return new Image(parts(repository.toLowerCase(Locale.ROOT)), colon < 0 ? "" : named.substring(colon + 1));
    }

    private static List<String> parts(String repository) {
        List<String> parts = Arrays.asList(repository.split("/", -1));
        boolean registry =
                parts.size() > 1 && REGISTRY.matcher(parts.getFirst()).matches();
        List<String> path = registry ? parts.subList(1, parts.size()) : parts;
        // Mirrors keep Docker Hub's own images below this name.
        int library = path.indexOf("library");
        return library < 0 || library == path.size() - 1 ? path : path.subList(library + 1, path.size());
    }

    /** The last part of the repository, e.g. {@code postgres}. */
    public String name() {
        return parts.getLast();
    }

    /** Whether it is one of Docker Hub's own, which have no owner. */
    boolean isOfficial() {
        return parts.size() == 1;
    }

    /** The last two parts of the repository. */
    String ownedName() {
        return isOfficial() ? "_/" + name() : parts.get(parts.size() - 2) + "/" + name();
    }

    /** The version with which a tag begins, e.g. 15 of {@code 15-alpine}, 6.3.4 of {@code x86_64_v6.3.4}. */
    Optional<String> leadingVersion() {
        Matcher version = LEADING.matcher(BASE.matcher(tag).replaceFirst(""));
        return version.matches() ? Optional.of(version.group(1)) : Optional.empty();
    }

    /** The version after {@code pg}, e.g. 15 of {@code latest-pg15}. */
    Optional<String> pgVersion() {
        Matcher version = AFTER_PG.matcher(tag);
        return version.matches() ? Optional.of(version.group(1)) : Optional.empty();
    }
}
