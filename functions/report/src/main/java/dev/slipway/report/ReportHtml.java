package dev.slipway.report;

/** A report as one HTML file that needs no network and runs no script. */
public final class ReportHtml {
    private static final HtmlTemplate PAGE = HtmlTemplate.of(ReportHtml.class, "report.html");

    private ReportHtml() {}

    public static String render(Report report) {
        return PAGE.render(Page.of(report));
    }
}
