package dev.slipway.compose.kubernetes;

import dev.slipway.compose.origin.Tree;
import dev.slipway.compose.yaml.YamlNode;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a container runs, in the keys of a compose service; what it does not say itself, its pod does. */
final class ContainerKeys {
    private final Tree tree;
    private final Map<String, YamlNode> keys = new LinkedHashMap<>();

    private ContainerKeys(Tree tree) {
        this.tree = tree;
    }

    static Map<String, YamlNode> of(PodPart part, Tree tree) {
        ContainerKeys written = new ContainerKeys(tree);
        Optional.ofNullable(part.container().getWorkingDir()).ifPresent(path -> written.text("working_dir", path));
        Optional.ofNullable(part.workload().pod().getTerminationGracePeriodSeconds())
                .ifPresent(seconds -> written.text("stop_grace_period", seconds + "s"));
        Optional<SecurityContext> own = Optional.ofNullable(part.container().getSecurityContext());
        written.user(own, Optional.ofNullable(part.workload().pod().getSecurityContext()));
        own.ifPresent(written::security);
        return written.keys;
    }

    private void user(Optional<SecurityContext> own, Optional<PodSecurityContext> pod) {
        Optional<Long> user =
                own.map(SecurityContext::getRunAsUser).or(() -> pod.map(PodSecurityContext::getRunAsUser));
        Optional<Long> group =
                own.map(SecurityContext::getRunAsGroup).or(() -> pod.map(PodSecurityContext::getRunAsGroup));
        user.ifPresent(id -> text("user", id + group.map(number -> ":" + number).orElse("")));
    }

    private void security(SecurityContext context) {
        if (Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())) {
            keys.put("read_only", tree.flag(true));
        }
        Optional.ofNullable(context.getCapabilities()).ifPresent(this::capabilities);
    }

    private void capabilities(Capabilities capabilities) {
        list("cap_drop", capabilities.getDrop());
        list("cap_add", capabilities.getAdd());
    }

    private void list(String key, List<String> values) {
        if (!values.isEmpty()) {
            keys.put(key, tree.list(values.stream().map(tree::text).toList()));
        }
    }

    private void text(String key, String value) {
        keys.put(key, tree.text(value));
    }
}
