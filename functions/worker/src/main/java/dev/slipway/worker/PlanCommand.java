package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import dev.slipway.report.plan.PlanHtml;
import dev.slipway.worker.text.Extent;
import dev.slipway.worker.text.Look;
import dev.slipway.worker.text.PlanText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
    private AppArguments files = new AppArguments();

    @Option(
            names = "--prices",
            paramLabel = "file|aws",
            defaultValue = "file",
            description = "Prices of the dated file, or of AWS's price list, which wants an account's credentials.")
    private PriceOrigin prices = PriceOrigin.FILE;

    @ArgGroup
    private Form form = new Form();

    /** How the plan is told, one way at a time. */
    static final class Form {
        @Option(names = "--json", description = "One JSON document.")
        private boolean json;

        @Option(
                names = "--html",
                paramLabel = "FILE",
                description = "A page with a diagram of old and new, into this file.")
        private @Nullable Path html;

        @Option(names = "--all", description = "Every row of every list.")
        private boolean all;

        @Option(
                names = "--init",
                description = "Writes a commented slipway.yaml into the app's folder instead of a plan.")
        private boolean init;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (form.init) {
            ComposeRequest request = files.request();
            InitialFiles.requireNone(request.folder());
            AppBundle bundle = AppFiles.read(request);
            out.println(InitialFiles.write(request.folder(), bundle.app()));
        } else {
            AppBundle bundle = files.read();
            tell(new Planner(prices.open()).plan(bundle.app(), bundle.spec()), out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void tell(Plan plan, PrintWriter out) throws JsonProcessingException {
        if (form.html != null) {
            out.println(OutputFile.write(form.html, PlanHtml.render(plan), "the plan of " + plan.app()));
        } else if (form.json) {
            out.println(StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan));
        } else {
            Look look = Look.of(spec, CommandSettings.fromEnvironment().environment());
            out.print(PlanText.render(plan, form.all ? Extent.ALL : Extent.SHORT, look));
        }
    }
}
