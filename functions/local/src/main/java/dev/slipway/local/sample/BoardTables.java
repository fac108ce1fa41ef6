package dev.slipway.local.sample;

import java.io.IOException;
import java.util.List;

/** The tables of SmartBoard, by the schema of the service that owns them; their rows add up to about the number asked for. */
final class BoardTables {
    private static final List<String> ROLES = List.of("OWNER", "ADMIN", "ANALYST", "ANALYST", "VIEWER");
    private static final List<String> KINDS = List.of("TABLE", "BAR", "LINE", "MAP", "FIGURE");
    private static final List<String> TYPES = List.of("text", "integer", "decimal", "date", "boolean");
    private static final List<String> LABELS =
            List.of("{}", "{sales}", "{sales,\"two words\"}", "{\"a \\\"quoted\\\" one\",NULL}");

    private final BoardSizes sizes;

    BoardTables(BoardSizes sizes) {
        this.sizes = sizes;
    }

    /** In an order in which every reference points backwards. */
    List<SampleTable> all() {
        return List.of(
                table(
                        "auth",
                        "User",
                        "id, publicId, email, name, provider, passwordHash, createdAt",
                        sizes.users(),
                        this::user),
                table("auth", "Session", "id, userId, device, createdAt", sizes.share(80), this::session),
                table("tenants", "Tenant", "id, slug, name, settings", sizes.tenants(), this::tenant),
                table("tenants", "Membership", "tenantId, userId, role", sizes.users(), this::membership),
                table("tenants", "Invitation", "id, tenantId, email, createdAt", sizes.share(10), this::invitation),
                table(
                        "datasets",
                        "Dataset",
                        "id, tenantId, name, object, status, labels, createdAt",
                        sizes.datasets(),
                        this::dataset),
                table(
                        "datasets",
                        "Column",
                        "id, datasetId, position, name, type, statistics, mean",
                        sizes.share(180),
                        this::column),
                table("datasets", "_DatasetToTag", "A, B", sizes.datasets(), this::tag),
                table("analytics", "Event", "id, tenantId, name, properties, at", sizes.share(350), this::event),
                table(
                        "analytics",
                        "Result",
                        "datasetId, lines, bytes, sha256, total, at",
                        sizes.datasets(),
                        this::result),
                table("analytics", "SavedQuery", "id, tenantId, text", sizes.share(40), this::query),
                table(
                        "dashboards",
                        "Dashboard",
                        "id, tenantId, title, layout, updatedAt",
                        sizes.dashboards(),
                        this::dashboard),
                table("dashboards", "Widget", "id, dashboardId, kind, options", sizes.share(120), this::widget));
    }

    /** Prisma quotes every name. */
    private static SampleTable table(
            String schema, String name, String columns, long rows, SampleTable.RowWriter writer) {
        return new SampleTable(schema + ".\"" + name + '"', '"' + columns.replace(", ", "\", \"") + '"', rows, writer);
    }

    private void user(long row, Draw draw, CopyText text) throws IOException {
        boolean password = !draw.onceIn(3);
        text.row(
                row + 1,
                draw.uuid(),
                "person" + row + "@example.org",
                draw.onceIn(12) ? null : draw.firstName() + " " + draw.lastName(),
                password ? "PASSWORD" : "MICROSOFT",
                password ? draw.bytes(32) : null,
                SampleRecords.moment(row, draw));
    }

    private void session(long row, Draw draw, CopyText text) throws IOException {
        text.row(row + 1, row % sizes.users() + 1, draw.phrase(2), SampleRecords.moment(row, draw));
    }

    private void tenant(long row, Draw draw, CopyText text) throws IOException {
        String settings =
                "{\"seats\": " + draw.below(90) + ", \"locale\": \"de-DE\", \"share\": " + draw.fraction() + "}";
        text.row(row + 1, "tenant-" + row, draw.lastName() + " & " + draw.lastName(), settings);
    }

    private void membership(long row, Draw draw, CopyText text) throws IOException {
        text.row(row % sizes.tenants() + 1, row + 1, draw.of(ROLES));
    }

    private void invitation(long row, Draw draw, CopyText text) throws IOException {
        text.row(row + 1, row % sizes.tenants() + 1, "guest" + row + "@example.org", SampleRecords.moment(row, draw));
    }

    private void dataset(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                row % sizes.tenants() + 1,
                draw.phrase(3),
                BoardObjects.upload(row + 1),
                draw.onceIn(20) ? "FAILED" : "READY",
                draw.onceIn(9) ? null : draw.of(LABELS),
                SampleRecords.moment(row, draw));
    }

    private void column(long row, Draw draw, CopyText text) throws IOException {
        String statistics = "{\"distinct\": " + draw.below(9_999) + ", \"nulls\": 0, \"most\": [\"" + draw.firstName()
                + "\", 1.50]}";
        text.row(
                row + 1,
                row % sizes.datasets() + 1,
                row / sizes.datasets(),
                draw.phrase(2),
                draw.of(TYPES),
                draw.onceIn(5) ? null : statistics,
                draw.onceIn(30) ? Double.NaN : draw.fraction() * 1e9);
    }

    private void tag(long row, Draw draw, CopyText text) throws IOException {
        text.row(row % sizes.datasets() + 1, draw.lastName() + " " + row);
    }

    private void event(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                row % sizes.tenants() + 1,
                draw.phrase(8 + draw.below(16)),
                "{\"path\": \"/dashboards/" + draw.below(500) + "\", \"millis\": " + draw.below(2_000) + "}",
                SampleRecords.moment(row, draw) + "." + draw.below(999_999) + "+00");
    }

    private void result(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                draw.below(1 << 20),
                draw.below(Integer.MAX_VALUE),
                draw.bytes(32),
                draw.below(1_000_000) + "." + draw.below(999_999) + "000000000000000000000007",
                SampleRecords.moment(row, draw));
    }

    private void query(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                row % sizes.tenants() + 1,
                "SELECT '" + draw.phrase(draw.onceIn(40) ? 900 : 12) + "' AS x\n-- 1");
    }

    private void dashboard(long row, Draw draw, CopyText text) throws IOException {
        String layout = "[{\"x\": " + draw.below(12) + ", \"y\": 0, \"w\": 4, \"h\": 3}]";
        text.row(row + 1, row % sizes.tenants() + 1, draw.phrase(4), layout, SampleRecords.moment(row, draw));
    }

    private void widget(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                draw.uuid(),
                row % sizes.dashboards() + 1,
                draw.of(KINDS),
                "{\"title\": \"" + draw.firstName() + "\", \"stacked\": " + draw.onceIn(2) + "}");
    }
}
