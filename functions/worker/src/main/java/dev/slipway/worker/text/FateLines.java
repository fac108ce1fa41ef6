package dev.slipway.worker.text;

import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.report.plan.SharedFate;
import dev.slipway.report.plan.Words;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** What becomes of the keys of the app's files: the lost ones by name, the others by their number unless all are wanted. */
final class FateLines {
    private final Plan plan;
    private final Extent extent;
    private final Look look;
    private final Sheet sheet;

    FateLines(Plan plan, Extent extent, Sheet sheet) {
        this.plan = plan;
        this.extent = extent;
        this.look = sheet.look();
        this.sheet = sheet;
    }

    void write() {
        sheet.title("Keys of the app's files: " + Words.fates(plan.kept(), plan.changed(), plan.lost()));
        list("Lost", plan.lost());
        if (extent == Extent.ALL) {
            list("Changed", plan.changed());
            list("Kept", plan.kept());
        } else {
            sheet.say("The kept and the changed ones, and how: see --all", Style.faint);
        }
    }

    private void list(String word, List<KeyFate> fates) {
        if (fates.isEmpty()) {
            return;
        }
        List<SharedFate> shared = SharedFate.of(fates);
        sheet.say(word, Style.fg_cyan);
        sheet.inner(extent.of(shared).stream().map(this::row).toList());
        int left = extent.left(shared);
        if (left > 0) {
            sheet.say("and " + left + " more: see --all", Style.faint);
        }
    }

    private List<Text> row(SharedFate fate) {
        return List.of(
                look.text(fate.of(extent.names())),
                look.text(
                        fate.keys().size() > extent.names()
                                ? fate.keys().size() + " keys"
                                : String.join(", ", fate.keys())),
                look.text(fate.why()));
    }
}
