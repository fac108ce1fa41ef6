package dev.slipway.worker;

import dev.slipway.account.FlatSecrets;
import dev.slipway.compose.AppBundle;
import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Attempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts an app where the plan finds it: the redacted compose file, slipway.yaml and manifests in the bucket, secrets in Secrets Manager. */
public final class AppUpload {
    private final Artifacts artifacts;
    private final FlatSecrets secrets;

    public AppUpload(Artifacts artifacts, FlatSecrets secrets) {
        this.artifacts = artifacts;
        this.secrets = secrets;
    }

    /** Uploads the app and answers where it lies, in one line. */
    public String put(AppBundle bundle) {
        return put(bundle, Optional.empty());
    }

    /** The same with the app's own manifests, where it is described by such. */
    public String put(AppBundle bundle, Optional<String> manifests) {
        String app = bundle.app().name();
        String folder = "apps/" + app + "/";
        if (!bundle.secrets().values().isEmpty()) {
            secrets.ensure("slipway/apps/" + app, "What the compose file of " + app + " keeps secret");
            secrets.write("slipway/apps/" + app, bundle.secrets().values());
        }
        write(folder + "docker-compose.yml", bundle.compose());
        write(folder + "slipway.yaml", bundle.specText());
        manifests.ifPresent(texts -> write(Attempt.uploadedManifests(app), texts));
        return "Uploaded " + app + " to " + artifacts.location(folder) + "; "
                + bundle.secrets().values().size() + " secrets are in Secrets Manager under slipway/apps/" + app
                + ".";
    }

    private void write(String key, String text) {
        try {
            artifacts.write(key, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
