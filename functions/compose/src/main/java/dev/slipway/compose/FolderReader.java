package dev.slipway.compose;

import dev.slipway.compose.Mounts.MountedVolume;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Spec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the folders in which the app's own services keep files. */
final class FolderReader {
    private static final Pattern HOLDS_FILES = Pattern.compile(
            "(?i).*(media|upload|file|attachment|document|image|photo|avatar|asset|static|storage|data|public|backup|export).*");
    /** What a build or a package manager puts there can be made again. */
    private static final Pattern MADE_AGAIN = Pattern.compile(
            "(?i).*(node_modules|\\.next|\\.venv|venv|vendor|cache|tmp|temp|__pycache__|target|dist|logs?)/?");

    private final String app;
    private final Spec spec;
    private final Platform platform;
    private final Map<String, AppStore> found = new LinkedHashMap<>();

    FolderReader(String app, Spec spec, Platform platform) {
        this.app = app;
        this.spec = spec;
        this.platform = platform;
    }

    void add(String service, List<MountedVolume> mounts) {
        mounts.stream().filter(FolderReader::holdsFiles).forEach(mount -> add(service, mount));
    }

    List<AppStore> stores() {
        return List.copyOf(found.values());
    }

    /** Whether the app keeps files there that exist nowhere else. */
    static boolean holdsFiles(MountedVolume mount) {
        boolean copyable = !mount.readOnly() && !mount.source().isEmpty();
        boolean madeAgain = MADE_AGAIN.matcher(mount.target()).matches();
        boolean oneFile = lastName(mount.target()).matches(".+\\.[A-Za-z0-9]{1,5}");
        boolean named =
                HOLDS_FILES.matcher(mount.source() + " " + mount.target()).matches();
        return copyable && !madeAgain && !oneFile && (!mount.bind() || named);
    }

    /** What the folder is called as a store; empty where it is none. */
    static Optional<String> storeName(MountedVolume mount) {
        return holdsFiles(mount) ? Optional.of(name(mount)) : Optional.empty();
    }

    private static String name(MountedVolume mount) {
        return mount.bind() ? lastName(mount.source()) : mount.source();
    }

    private void add(String service, MountedVolume mount) {
        AppStore.Mount here = new AppStore.Mount(service, mount.target());
        found.merge(mount.source(), store(mount, here), (known, same) -> with(known, here));
    }

    private AppStore store(MountedVolume mount, AppStore.Mount here) {
        String name = name(mount);
        return new AppStore(
                name,
                StoreKind.OBJECTS,
                "folder",
                "",
                Optional.empty(),
                spec.store(name).role().orElse(StoreRole.RECORD),
                spec.store(name).url().or(() -> source(mount)),
                List.of(here));
    }

    private static AppStore with(AppStore store, AppStore.Mount mount) {
        List<AppStore.Mount> mounts = new ArrayList<>(store.mounts());
        mounts.add(mount);
        return new AppStore(
                store.name(),
                store.kind(),
                store.engine(),
                store.version(),
                store.service(),
                store.role(),
                store.source(),
                mounts);
    }

    /** Docker keeps a named volume under its own folder, called after the project; where others do, nothing says. */
    private Optional<SourceUrl> source(MountedVolume mount) {
        if (!mount.bind() && platform != Platform.COMPOSE) {
            return Optional.empty();
        }
        String path =
                mount.bind() ? mount.source() : "/var/lib/docker/volumes/" + app + "_" + mount.source() + "/_data";
        try {
            return Optional.of(SourceUrl.of("file://" + new URI(null, null, path, null).getRawPath()));
        } catch (URISyntaxException e) {
            throw mount.at().invalid("the folder '" + path + "' cannot be written as a URL", "rename the folder", e);
        }
    }

    private static String lastName(String path) {
        String trimmed = path.replaceAll("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
