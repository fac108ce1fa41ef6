package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The app's own ConfigMaps while their values are changed. */
record ConfigMaps(Map<String, ObjectNode> data) {
    /** Before a key: the value that a container has had put there already. No key of a ConfigMap has such a letter. */
    static final String CHANGED = "\u0000";

    /** Before a key: a container has its value from a Secret now. */
    static final String DELIVERED = "\u0001";

    static ConfigMaps of(List<Manifest> manifests) {
        Map<String, ObjectNode> data = new TreeMap<>();
        manifests.stream()
                .filter(manifest -> manifest.is("ConfigMap"))
                .forEach(manifest -> data.put(manifest.name(), manifest.node().withObjectProperty("data")));
        return new ConfigMaps(data);
    }

    /** Takes away our marks, what comes from a Secret now, and texts that hold a secret. */
    void finish() {
        data.values()
                .forEach(texts -> Manifest.texts(texts).descendingMap().forEach((key, value) -> {
                    boolean mark = key.startsWith(CHANGED) || key.startsWith(DELIVERED);
                    boolean delivered = texts.has(DELIVERED + key) && !texts.has(CHANGED + key);
                    if (mark || delivered || new SecretTemplate(value).hasReferences()) {
                        texts.remove(key);
                    }
                }));
    }
}
