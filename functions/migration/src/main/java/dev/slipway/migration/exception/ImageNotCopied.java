package dev.slipway.migration.exception;

/** A container image could not be brought into the target's registry. */
public final class ImageNotCopied extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public ImageNotCopied(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    /** @param status of HTTP with which a registry refused */
    public static ImageNotCopied answered(String image, int status) {
        String tried = "copy the image " + image;
        return switch (status) {
            case 401, 403 ->
                new ImageNotCopied(
                        tried,
                        "its registry does not let us in (" + status + ")",
                        "correct its name, or store a login for the registry as REGISTRY_LOGINS in the app's secret");
            case 404 ->
                new ImageNotCopied(
                        tried,
                        "its registry has no such image or tag",
                        "push it, or correct its name, and start again");
            case 429 ->
                new ImageNotCopied(
                        tried,
                        "its registry has had too many requests",
                        "store a login for it as REGISTRY_LOGINS in the app's secret, or start again in an hour");
            default -> new ImageNotCopied(tried, "the registry answered " + status, "start again; what is there stays");
        };
    }
}
