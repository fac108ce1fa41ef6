package dev.slipway.compose;

import dev.slipway.compose.kubernetes.KubernetesReader;
import dev.slipway.compose.model.ComposeLoader;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.origin.Translation;
import dev.slipway.compose.server.ServerModel;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlWriter;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.spec.Spec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where an app is described: in compose files, in slipway.yaml alone, or in Kubernetes manifests. */
sealed interface AppSource {
    /** @throws InvalidSpec naming file, line and column */
    ComposeModel read();

    /** What is uploaded of slipway.yaml. */
    default String uploadedSpec(String text, Spec spec) {
        return text;
    }

    /** @param spec the whole of slipway.yaml */
    static AppSource of(ComposeRequest request, Mapping spec) {
        Path place = request.files().size() == 1 ? request.files().getFirst() : request.folder();
        boolean named = request.files().size() == 1;
        boolean server = ServerReader.isOne(spec);
        if (server && named && String.valueOf(place.getFileName()).equals("slipway.yaml")) {
            return new OfServer(request, spec);
        }
        if (named && KubernetesReader.isOne(place)) {
            return new OfCluster(request, place);
        }
        if (ComposeLoader.finds(request)) {
            return new OfCompose(request);
        }
        if (server) {
            return new OfServer(request, spec);
        }
        if (KubernetesReader.isOne(place)) {
            return new OfCluster(request, place);
        }
        throw new InvalidSpec(
                "read the app in " + request.folder(),
                "the folder holds no compose file, no slipway.yaml with 'server', and no Kubernetes manifests",
                "put compose.yaml there, list what runs on the host under 'server.services', or name the folder of the manifests");
    }

    /** Files of Docker Compose. */
    record OfCompose(ComposeRequest request) implements AppSource {
        @Override
        public ComposeModel read() {
            return ComposeReader.read(request);
        }
    }

    /** Manifests of a cluster: a folder or a file. */
    record OfCluster(ComposeRequest request, Path place) implements AppSource {
        @Override
        public ComposeModel read() {
            SecretVault vault = new SecretVault();
            Function<String, Optional<String>> variables = ComposeLoader.variables(request);
            return ComposeModel.of(
                    KubernetesReader.read(request.folder(), place, vault::putOrReuse, variables),
                    new FolderFacts(List.of(), Map.of(), List.of()),
                    vault,
                    variables,
                    List.of());
        }
    }

    /** Processes of one host. */
    record OfServer(ComposeRequest request, Mapping spec) implements AppSource {
        @Override
        public ComposeModel read() {
            SecretVault vault = new SecretVault();
            Function<String, Optional<String>> variables = ComposeLoader.variables(request);
            SecretVariables secret = new SecretVariables(variables, vault);
            Translation translation =
                    ServerModel.of(request.folder(), ServerReader.read(spec, request.folder(), variables, secret));
            return ComposeModel.of(
                    translation,
                    SideReader.readHost(request.folder(), translation.model(), vault),
                    vault,
                    variables,
                    secret.warnings());
        }

        /** The values of its processes' variables stay here: the model that is uploaded beside it has them, without secrets. */
        @Override
        public String uploadedSpec(String text, Spec read) {
            Position at = spec.at();
            return YamlWriter.write(spec.without(ServerReader.KEY)
                    .with("source", Mapping.empty(at).with("address", Scalar.string(read.sourceAddress(), at))));
        }
    }
}
