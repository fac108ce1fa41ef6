package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of an app that are ours, in its cluster: put there by server-side apply, found again by their labels. */
record Applied(KubernetesClient client, String app) {
    /** Which object is meant. */
    record Name(String kind, String name) {
        static Name of(ObjectNode object) {
            return new Name(
                    object.path("kind").asText(), object.at("/metadata/name").asText());
        }

        static Name of(HasMetadata object) {
            return new Name(object.getKind(), object.getMetadata().getName());
        }

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /**
     * Our fields of an object become as they are given; those of others, as the number of pods that a scaling sets, stay. A namespace
     * that somebody else made is used as it is.
     *
     * @throws DeployFailed if there is one of that name that is not ours, or the cluster refuses it
     */
    void put(ObjectNode object) {
        Name name = Name.of(object);
        boolean foreign = find(name).filter(found -> !isOurs(found)).isPresent();
        if (foreign && name.kind().equals(Kinds.NAMESPACE.getKind())) {
            return;
        }
        if (foreign) {
            throw new DeployFailed(
                    "apply the " + name,
                    "the cluster has one of that name that Slipway did not make",
                    "delete or rename the one that is there and start again");
        }
        try {
            resource(object).fieldManager(Marks.MANAGER).forceConflicts().serverSideApply();
        } catch (KubernetesClientException e) {
            throw name.kind().equals("Secret")
                    ? ClusterAnswer.failedInSecret("apply the " + name, e)
                    : ClusterAnswer.failed("apply the " + name, e);
        }
    }

    private Resource<? extends HasMetadata> resource(ObjectNode object) {
        Optional<ResourceDefinitionContext> known = kind(object.path("kind").asText());
        if (known.isEmpty()) {
            return client.resource(client.getKubernetesSerialization().convertValue(object, HasMetadata.class));
        }
        return objects(known.get())
                .resource(client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class));
    }

    /** As the cluster has it. */
    Optional<GenericKubernetesResource> find(Name name) {
        return kind(name.kind())
                .flatMap(kind ->
                        Optional.ofNullable(objects(kind).withName(name.name()).get()));
    }

    private static Optional<ResourceDefinitionContext> kind(String name) {
        return Stream.of(List.of(Kinds.NAMESPACE, Kinds.CLAIM), Kinds.WITHIN, Kinds.WIDE)
                .flatMap(List::stream)
                .filter(kind -> kind.getKind().equals(name))
                .findFirst();
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects(ResourceDefinitionContext kind) {
        MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                all = client.genericKubernetesResources(kind);
        return kind.isNamespaceScoped() ? all.inNamespace(app) : all;
    }

    boolean isOurs(HasMetadata object) {
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return labels.entrySet().containsAll(Marks.labels(app).entrySet());
    }

    /**
     * All of a kind, ours and others', in the app's namespace or, where the kind has none, in the cluster. Of a kind that the cluster
     * does not know it has none.
     */
    List<GenericKubernetesResource> all(ResourceDefinitionContext kind) {
        try {
            return objects(kind).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw ClusterAnswer.failed("list the objects of the kind " + kind.getKind(), e);
        }
    }

    List<GenericKubernetesResource> ours(ResourceDefinitionContext kind) {
        return all(kind).stream().filter(this::isOurs).toList();
    }

    /** Deletes what is ours and is not among those that are named. */
    void deleteOthers(List<Name> kept) {
        Stream.of(Kinds.WITHIN, Kinds.WIDE)
                .flatMap(List::stream)
                .forEach(kind -> ours(kind).stream()
                        .filter(object -> !kept.contains(Name.of(object)))
                        .forEach(object -> delete(kind, object)));
    }

    void delete(ResourceDefinitionContext kind, HasMetadata object) {
        try {
            objects(kind).withName(object.getMetadata().getName()).delete();
        } catch (KubernetesClientException e) {
            throw ClusterAnswer.failed("delete the " + Name.of(object), e);
        }
    }
}
