package dev.slipway.kubernetes;

import dev.slipway.migration.app.SecretTemplate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An app's changed manifests as files for people who apply them themselves, with what they have to fill in. */
public record ManifestFiles(ChangedManifests manifests, String region) {
    /** Where they lie beside the target's template, with a slash at its end. */
    public static final String FOLDER = "manifests/";

    /** Each file's text by its path. */
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        Map<String, String> texts = manifests.files();
        texts.forEach((name, text) -> files.put(FOLDER + name, text));
        files.put(FOLDER + "README.md", readme(references(texts.values())));
        return files;
    }

    private static SortedSet<String> references(Collection<String> texts) {
        return texts.stream()
                .flatMap(text -> new SecretTemplate(text).references().stream())
                .filter(name -> name.startsWith(ChangedManifests.OUTPUT) || name.startsWith(ChangedManifests.SECRET))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String readme(SortedSet<String> references) {
        return """
                # The manifests of %1$s on the target

                The app's own manifests, as Slipway's step Deploy services applies them to the cluster of the target's stack: docs/kubernetes.md
                says what is changed, and why. Nothing runs by them until it is asked for: services have no pods, jobs and schedules are
                suspended.

                ## Fill in first
                Only the stack can tell these. `${output:NAME}` is its output of that name, `${secret:KEY}` the value under that key of the
                secret of its output `AppSecretArn`, which nobody should commit:

                %2$s
                ## Apply them
                With the stack's outputs `ClusterName` and `DeployRoleArn`, whose role may change the cluster:

                ```
                aws eks update-kubeconfig --region %3$s --name CLUSTERNAME --role-arn DEPLOYROLEARN
                kubectl apply --server-side --field-manager=slipway --namespace %1$s --filename .
                ```

                A later migration by Slipway takes them as its own, by their labels.

                ## Start, when the data is there
                One after the other; a job has to end before what follows it:

                ```
                %4$s```
                """.formatted(manifests.app(), list(references), region, commands(manifests.starts()));
    }

    private static String list(SortedSet<String> references) {
        return references.isEmpty()
                ? "Nothing.\n"
                : references.stream().map(name -> "- `${" + name + "}`\n").collect(Collectors.joining());
    }

    private String commands(List<String> commands) {
        return commands.stream()
                .map(command -> "kubectl --namespace " + manifests.app() + " " + command + "\n")
                .collect(Collectors.joining());
    }
}
