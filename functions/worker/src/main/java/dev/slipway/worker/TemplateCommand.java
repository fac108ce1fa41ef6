package dev.slipway.worker;

import dev.slipway.blueprints.TargetFiles;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.compose.AppBundle;
import dev.slipway.kubernetes.ManifestChange;
import dev.slipway.kubernetes.ManifestFiles;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Compute;
import dev.slipway.planning.Planner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the target as CloudFormation that a person can review and deploy; wants no account. */
@Command(
        name = "template",
        description =
                "Writes the target's CloudFormation, and for a cluster its manifests, as files, without an account; touches nothing else.")
final class TemplateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AppArguments files = new AppArguments();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "A folder for the files: a new one, an empty one, or one that this command wrote.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() {
        AppBundle bundle = files.read();
        Plan plan = new Planner().plan(bundle.app(), bundle.spec());
        plan.requireUnblocked();
        TargetSpec target = new TargetSpec(plan, true);
        SortedMap<String, String> written =
                TargetFiles.of(target.needsHostedZone() ? target.withHostedZone(TargetSpec.SAID_LATER) : target);
        if (plan.target().compute() == Compute.EKS) {
            files.manifests(bundle)
                    .ifPresent(manifests -> written.putAll(new ManifestFiles(
                                    new ManifestChange(plan).of(manifests),
                                    plan.target().region())
                            .files()));
        }
        new OutputFolder(folder).write(written);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote the target of " + plan.app() + " to " + folder + ": " + String.join(", ", written.keySet()));
        out.flush();
        return ExitCode.DONE;
    }
}
