package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.ServiceKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Optional;

/**
 * One container of a workload, which becomes a service.
 *
 * @param list the pod's key that holds it: its containers, or those that run before them
 * @param index within that list
 * @param kind where the workload says it
 */
record PodPart(
        String name, Workload workload, Container container, String list, int index, Optional<ServiceKind> kind) {

    /** The one that services and scaling are about. */
    boolean isMain() {
        return list.equals("containers") && index == 0;
    }

    Mapping node() {
        return Nodes.list(pod(), list).get(index) instanceof Mapping mapping ? mapping : pod();
    }

    /** The keys of the pod. */
    Mapping pod() {
        Mapping node = workload.manifest().node();
        for (String key : workload.template()) {
            node = Nodes.mappingOrEmpty(node, key);
        }
        return node;
    }

    /** The container's port that a service or a probe means; empty where it means another container's. */
    Optional<Integer> port(IntOrString target) {
        String name = target.getStrVal();
        if (target.getIntVal() != null) {
            int number = target.getIntVal();
            return isMain() ? Optional.of(number).filter(port -> !isOfAnother(port)) : own(number);
        }
        if (name != null && name.matches("\\d{1,5}")) {
            return port(new IntOrString(Integer.valueOf(name)));
        }
        return container.getPorts().stream()
                .filter(port -> name != null && name.equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    private Optional<Integer> own(int number) {
        return Optional.of(number).filter(port -> listens(container, port));
    }

    private boolean isOfAnother(int number) {
        List<Container> all = workload.pod().getContainers();
        return !listens(container, number) && all.stream().anyMatch(other -> listens(other, number));
    }

    private static boolean listens(Container container, int number) {
        return container.getPorts().stream()
                .anyMatch(port -> port.getContainerPort() != null && port.getContainerPort() == number);
    }
}
