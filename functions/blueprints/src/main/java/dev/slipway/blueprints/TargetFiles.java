package dev.slipway.blueprints;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A target as files that a person can review and deploy, the same for the same target. */
public final class TargetFiles {
    /** The template's file. */
    public static final String TEMPLATE = "target.yaml";

    /** The file of what has to be elsewhere, before it. */
    private static final String EDGE = "edge.yaml";

    private TargetFiles() {}

    /** Each file's text by its path, which is relative to a folder of their own. */
    public static SortedMap<String, String> of(TargetSpec spec) {
        Template template = TargetTemplate.assemble(spec);
        SortedMap<String, String> files = new TreeMap<>();
        files.put(TEMPLATE, TemplateYaml.write(template));
        Optional<Template> edge = EdgeTemplate.assemble(spec);
        edge.ifPresent(before -> files.put(EDGE, TemplateYaml.write(before)));
        files.put("README.md", readme(spec, template, edge));
        files.putAll(DeliveryFiles.files(spec));
        return files;
    }

    private static String readme(TargetSpec spec, Template template, Optional<Template> edge) {
        Plan plan = spec.plan();
        Target target = plan.target();
        return """
                # The target of %1$s

                `%2$s` is the stack that Slipway's step Provision target makes for this plan: %3$d resources for the region %4$s, in one
                stack%6$s. Before each part stands the blueprint that it comes from and what it is for. The file says what
                is made; `slipway plan` says why, and what it costs.

                ## Deploy it by hand
                %8$sA template of this size goes by a bucket of yours:

                ```
                aws cloudformation deploy --region %4$s --stack-name slipway-%1$s --template-file %2$s \\
                  --s3-bucket BUCKET --capabilities CAPABILITY_NAMED_IAM --no-execute-changeset --tags slipway:app=%1$s%7$s
                ```

                It prints how the change set is looked at; without `--no-execute-changeset` it is carried out at once. A later
                migration by Slipway takes a stack of that name as its own.

                ## What is left to do then
                %5$s""".formatted(
                        plan.app(),
                        TEMPLATE,
                        template.size(),
                        target.region(),
                        remaining(spec),
                        parameters(template),
                        overrides(template),
                        edge.map(before -> first(plan, before)).orElse(""));
    }

    private static String first(Plan plan, Template edge) {
        return """
                First `%1$s`: CloudFront takes certificates from %2$s only. Its outputs are parameters of `%3$s` by the same names.

                ```
                aws cloudformation deploy --region %2$s --stack-name %4$s --template-file %1$s%5$s
                aws cloudformation describe-stacks --region %2$s --stack-name %4$s --query 'Stacks[0].Outputs'
                ```

                Then the target; to remove both, this one last.\s""".formatted(EDGE, EdgeTemplate.REGION, TEMPLATE, EdgeTemplate.stack(plan), overrides(edge));
    }

    private static String parameters(Template template) {
        List<String> open = template.openParameters();
        return open.isEmpty() ? "" : ", which asks for `" + String.join("`, `", open) + "`";
    }

    private static String overrides(Template template) {
        String values = template.openParameters().stream()
                .map(name -> " " + name + "=" + name.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
        return values.isEmpty() ? "" : " \\\n  --parameter-overrides" + values;
    }

    private static String remaining(TargetSpec spec) {
        Plan plan = spec.plan();
        if (plan.target().isOnServers()) {
            return """
                    - Let the load balancer in where no rule does (`target.servers.security_group`), and wait until its targets are healthy.
                    - Move the traffic: a migration does, by weights, and can go back.
                    """;
        }
        StringBuilder lines = new StringBuilder();
        String keys = String.join("`, `", new ServiceEnvironment(plan).secretKeys());
        if (!keys.isEmpty()) {
            lines.append("- Write the secret of the output `AppSecretArn`, a JSON object with the keys `")
                    .append(keys)
                    .append("`.\n");
        }
        plan.services().stream()
                .filter(PlannedService::built)
                .forEach(service -> lines.append("- Push the image of `")
                        .append(service.name())
                        .append("`, which the app's own files build.\n"));
        plan.schemaCommand()
                .ifPresent(command -> lines.append("- Run `").append(command).append("` once the data is there.\n"));
        if (spec.isOnCluster()) {
            lines.append("- Apply the app's manifests, as `manifests/README.md` says.\n");
        }
        return lines.append(
                        "- Bring the data, start the services (they are made with no task) and move the traffic: `slipway copy`,\n")
                .append("  `slipway compare`, or a migration, which does all of it and can go back.\n")
                .toString();
    }
}
