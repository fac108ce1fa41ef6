package dev.slipway.report.plan;

import dev.slipway.migration.plan.Plan;
import dev.slipway.report.HtmlTemplate;

/** A plan as one HTML file that needs no network and runs no script. */
public final class PlanHtml {
    private PlanHtml() {}

    public static String render(Plan plan) {
        return HtmlTemplate.of(PlanHtml.class, "plan.html").render(PlanPage.of(plan));
    }
}
