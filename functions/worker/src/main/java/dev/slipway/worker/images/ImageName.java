package dev.slipway.worker.images;

import java.util.regex.Pattern;

/**
 * Where an image is.
 *
 * @param host of its registry, with the port where there is one
 * @param repository within the registry
 * @param reference a tag, or a digest such as {@code sha256:0a1b…}
 */
public record ImageName(String host, String repository, String reference) {
    private static final String HUB = "docker.io";
    private static final Pattern TAG = Pattern.compile(":[^/:]*$");

    /** As Docker reads a name: the first part is a host if it looks like one, otherwise Docker Hub is meant. */
    public static ImageName parse(String name) {
        String[] digested = name.split("@", 2);
        String path = TAG.matcher(digested[0]).replaceFirst("");
        String tag = digested[0].substring(path.length());
        String reference = digested.length == 2 ? digested[1] : tag.isEmpty() ? "latest" : tag.substring(1);
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (isHost && !first.equals(HUB) && !first.equals("index." + HUB)) {
            return new ImageName(first, path.substring(slash + 1), reference);
        }
        String repository = isHost ? path.substring(slash + 1) : path;
        return new ImageName(HUB, repository.contains("/") ? repository : "library/" + repository, reference);
    }

    ImageName at(String otherReference) {
        return new ImageName(host, repository, otherReference);
    }

    /** Where the registry's interface is. One on this machine itself has no certificate. */
    String base() {
        String api = host.equals(HUB) ? "registry-1." + HUB : host;
        boolean local = api.matches("(localhost|127(\\.\\d+){3})(:\\d+)?");
        return (local ? "http://" : "https://") + api + "/v2/" + repository;
    }

    @Override
    public String toString() {
        return host + "/" + repository + (reference.contains(":") ? "@" : ":") + reference;
    }
}
