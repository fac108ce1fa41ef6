package dev.slipway.compose;

import dev.slipway.compose.model.ComposeLoader;
import dev.slipway.compose.model.ComposeProject;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.SecretTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads an app's compose model as Docker Compose does, and takes the secrets out. */
final class ComposeReader {
    /** A load balancer has 100 rules, a cluster of ECS 5,000 services. */
    private static final int MOST_SERVICES = 1_000;

    private final SecretVault vault = new SecretVault();
    private final List<SecretVariables> variables = new ArrayList<>();

    private ComposeReader() {}

    /** @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column */
    static ComposeModel read(ComposeRequest request) {
        ComposeReader reader = new ComposeReader();
        ComposeProject project = ComposeLoader.load(request, reader::variables);
        return reader.model(project, root -> SideReader.read(request.folder(), root, reader.vault));
    }

    /** What Slipway has written itself: complete, with references in place of secrets. */
    static ComposeModel readUploaded(String file, String text) {
        return new ComposeReader().model(ComposeLoader.loadText(file, text), Uploaded::facts);
    }

    private Variables variables(Function<String, Optional<String>> values) {
        SecretVariables secret = new SecretVariables(values, vault);
        variables.add(secret);
        return secret;
    }

    private ComposeModel model(ComposeProject project, Function<Mapping, FolderFacts> read) {
        Mapping root = project.root();
        Mapping services = Nodes.mapping(root, "services");
        if (services.entries().isEmpty()) {
            throw root.at("services").invalid("it has no services", "list the app's services under 'services:'");
        }
        if (services.entries().size() > MOST_SERVICES) {
            throw root.at("services")
                    .invalid(
                            "it has " + services.entries().size() + " services, more than are planned at once ("
                                    + MOST_SERVICES + ")",
                            "split it into several apps");
        }
        PublishedPorts.check(services);
        List<Finding> findings = new ArrayList<>();
        variables.stream().flatMap(each -> each.warnings().stream()).distinct().forEach(findings::add);
        project.disabled().entries().keySet().forEach(name -> findings.add(leftOut(name)));
        findings.addAll(Uploaded.findings(root));
        FolderFacts facts = read.apply(root);
        Mapping plain = withoutExtensions(withSecretsOfFiles(root));
        Mapping extracted = new SecretExtractor(vault).extract(plain);
        facts.findings().forEach(finding -> findings.add(withoutSecrets(vault, finding)));
        return new ComposeModel(
                extracted, facts, vault.secrets(), findings, project.variables(), Uploaded.origin(root));
    }

    /** What is quoted from a file may hold a password. */
    static Finding withoutSecrets(SecretVault vault, Finding finding) {
        String clean = new SecretText(vault)
                .extract(finding.subject(), SecretTemplate.literal(finding.message()))
                .text()
                .replace("$$", "$");
        return new Finding(finding.severity(), finding.subject(), new SecretScrubber(vault.values()).scrubbed(clean));
    }

    private static Finding leftOut(String service) {
        return Finding.warning(
                "service " + service, "belongs to a profile, which is not started by default: it is left out");
    }

    /** {@code x-} keys are nobody's business but their author's; anchors in them are expanded by now. */
    private static Mapping withoutExtensions(Mapping root) {
        Mapping result = plain(root);
        Mapping services = Nodes.mapping(result, "services");
        Map<String, YamlNode> plain = new LinkedHashMap<>();
        services.entries()
                .forEach((name, service) -> plain.put(name, service instanceof Mapping own ? plain(own) : service));
        return result.with("services", new Mapping(plain, services.keys(), services.at()));
    }

    private static Mapping plain(Mapping mapping) {
        Mapping result = mapping;
        for (String key : mapping.entries().keySet()) {
            result = key.startsWith("x-") ? result.without(key) : result;
        }
        return result;
    }

    private Mapping withSecretsOfFiles(Mapping root) {
        Mapping secrets = Nodes.mappingOrEmpty(root, "secrets");
        Mapping result = secrets;
        for (String name : secrets.entries().keySet()) {
            result = result.with(name, secret(name, Nodes.mappingOrEmpty(secrets, name)));
        }
        return secrets.entries().isEmpty() ? root : root.with("secrets", result);
    }

    /** A secret from a file is kept as one from a variable, whose value goes to Secrets Manager. */
    private Mapping secret(String name, Mapping secret) {
        Optional<String> path = Nodes.text(secret, "file");
        if (path.isEmpty()) {
            return secret;
        }
        String value = SecretFiles.read(name, path.get(), secret.at("file"));
        String variable = vault.put(name, value.strip()).soleReference().orElseThrow();
        return secret.without("file").with("environment", Scalar.string(variable, secret.at("file")));
    }
}
