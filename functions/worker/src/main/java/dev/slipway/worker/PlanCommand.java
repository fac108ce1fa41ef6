package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.InitialSpec;
import dev.slipway.planning.PlanText;
import dev.slipway.planning.Planner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says everything that will be done, lost and paid; touches nothing. */
@Command(name = "plan", description = "Says everything that will be done, lost and paid; touches nothing.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ComposeArguments files = new ComposeArguments();

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(names = "--init", description = "A commented slipway.yaml for the app instead of the plan.")
    private boolean init;

    @Option(
            names = "--prices",
            paramLabel = "file|aws",
            defaultValue = "file",
            description = "Prices of the dated file, or of AWS's price list, which wants an account's credentials.")
    private PriceOrigin prices = PriceOrigin.FILE;

    @Override
    public Integer call() throws JsonProcessingException {
        AppBundle bundle = AppFiles.read(files.request());
        spec.commandLine().getOut().println(init ? InitialSpec.text(bundle.app()) : plan(bundle));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private String plan(AppBundle bundle) throws JsonProcessingException {
        Plan plan = new Planner(prices.open()).plan(bundle.app(), bundle.spec());
        return json
                ? StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan)
                : PlanText.render(plan);
    }
}
