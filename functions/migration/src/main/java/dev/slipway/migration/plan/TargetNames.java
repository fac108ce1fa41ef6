package dev.slipway.migration.plan;

import java.util.Locale;

/** What parts of a target are called in the account, where a person or a workflow has to know the name beforehand. */
public final class TargetNames {
    private TargetNames() {}

    /** The folder of an app's parameters and log groups, which ends with a slash. */
    public static String folder(String app) {
        return "/" + app + "/prod/";
    }

    public static String logGroup(String app, String service) {
        return folder(app) + service;
    }

    /** The repository of a service's or a job's images: small letters and digits, with one mark between them. */
    public static String repository(String app, String service) {
        return (app + "-" + service)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    /** The tag of an image in the target's repository: that of the source; a digest alone makes one of its own. */
    public static String tag(String image) {
        String path = image.substring(image.lastIndexOf('/') + 1);
        String named = path.replaceFirst("@.*$", "");
        int colon = named.indexOf(':');
        if (colon >= 0) {
            return named.substring(colon + 1);
        }
        int digest = path.indexOf("@sha256:");
        return digest < 0 ? "latest" : "sha256-" + path.substring(digest + "@sha256:".length());
    }
}
