package dev.slipway.local.sample;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/** The sixteen tables of a preschool; their rows add up to about the number asked for. */
final class SampleTables {
    private static final List<String> AGES = List.of("nursery", "playgroup", "junior kg", "senior kg");
    private static final List<String> STATUSES = List.of("present", "present", "present", "late", "absent", "excused");
    private static final List<String> RELATIONS = List.of("mother", "father", "aunt", "grandfather", "neighbour");
    private static final List<String> WEEKDAYS = List.of("{1,2,3,4,5}", "{1,3,5}", "{2,4}", "{}");
    private static final List<String> ALLERGIES =
            List.of("{}", "{nuts}", "{nuts,\"cow's milk\"}", "{\"a \\\"rare\\\" one\",NULL,eggs}");

    private final SampleSizes sizes;
    private final SampleRecords records;

    SampleTables(long rows) {
        this.sizes = new SampleSizes(rows);
        this.records = new SampleRecords(sizes);
    }

    /** In an order in which every reference points backwards. */
    List<SampleTable> all() {
        return List.of(
                new SampleTable("schools", "id, name, opens, settings", sizes.schools(), this::school),
                new SampleTable("classes", "id, school_id, name, ages, weekdays", sizes.classes(), this::schoolClass),
                new SampleTable(
                        "parents",
                        "id, external_id, name, email, phone, languages, password_hash, preferences, created_at",
                        sizes.parents(),
                        this::parent),
                new SampleTable(
                        "children",
                        "id, first_name, last_name, born, allergies, thumbnail, notes",
                        sizes.children(),
                        this::child),
                new SampleTable(
                        "guardians",
                        "child_id, parent_id, relation, may_collect",
                        sizes.children() * 3 / 2,
                        this::guardian),
                new SampleTable(
                        "enrolments",
                        "id, child_id, class_id, term, during",
                        sizes.children() * 5 / 4,
                        this::enrolment),
                new SampleTable(
                        "attendance", "child_id, day, status, arrived, left_at", sizes.share(300), this::attendance),
                new SampleTable(
                        "announcements",
                        "id, school_id, title, body, original, published_at",
                        sizes.share(8),
                        records::announcement),
                new SampleTable(
                        "messages",
                        "id, parent_id, service, body, tags, attachments, sent_at, read_at",
                        sizes.share(200),
                        records::message),
                new SampleTable(
                        "media_items",
                        "id, child_id, name, bytes, sha256, labels",
                        sizes.share(12),
                        records::mediaItem),
                new SampleTable("fees", "id, child_id, amount, due", sizes.fees(), records::fee),
                new SampleTable(
                        "payments", "receipt, fee_id, paid, method, paid_at", sizes.share(55), records::payment),
                new SampleTable(
                        "audit_log", "id, actor, address, action, detail, at", sizes.share(160), records::auditEntry),
                new SampleTable("sign_ins", "parent_id, device, at", sizes.share(50), records::signIn),
                new SampleTable("readings", "id, room_temperature, noise", sizes.share(20), records::reading),
                new SampleTable(
                        "\"Menu Plan\"",
                        "\"Week\", \"Day of week\", \"Dish\", \"select\"",
                        sizes.share(1),
                        records::dish));
    }

    private void school(long row, Draw draw, CopyText text) throws IOException {
        String settings = "{\"open\": true, \"motto\": \"" + "play ".repeat(draw.below(4)) + "\", \"fee\": 12.50}";
        text.row(row + 1, draw.lastName() + " Preschool " + row, LocalTime.of(7, draw.below(60)), settings);
    }

    private void schoolClass(long row, Draw draw, CopyText text) throws IOException {
        text.row(row + 1, row % sizes.schools() + 1, "Group " + draw.firstName(), draw.of(AGES), draw.of(WEEKDAYS));
    }

    private void parent(long row, Draw draw, CopyText text) throws IOException {
        String name = draw.firstName() + " " + draw.lastName();
        text.row(
                row + 1,
                draw.uuid(),
                name,
                "Parent" + row + "@Example.org",
                draw.onceIn(9) ? null : "+49 30 " + draw.below(900_000),
                draw.onceIn(3) ? "{en}" : "{de,\"pt-BR\"}",
                draw.bytes(32),
                "{\"sms\": " + draw.onceIn(2) + ", \"quiet\": [\"22:00\", \"06:30\"], \"rank\": " + draw.fraction()
                        + "}",
                SampleRecords.moment(row, draw) + "+02");
    }

    private void child(long row, Draw draw, CopyText text) throws IOException {
        text.row(
                row + 1,
                draw.firstName(),
                draw.lastName(),
                LocalDate.of(2020, 1, 1).plusDays(draw.below(1_400)),
                draw.onceIn(4) ? draw.of(ALLERGIES) : null,
                draw.onceIn(20) ? null : draw.bytes(draw.onceIn(100) ? 9_000 : 700),
                draw.onceIn(3) ? "" : draw.phrase(6));
    }

    private void guardian(long row, Draw draw, CopyText text) throws IOException {
        long child = row % sizes.children();
        long parent = (child * 7 + row / sizes.children()) % sizes.parents();
        text.row(child + 1, parent + 1, draw.of(RELATIONS), !draw.onceIn(5));
    }

    private void enrolment(long row, Draw draw, CopyText text) throws IOException {
        LocalDate from = SampleRecords.OPENING.toLocalDate().plusDays(180 * (row / sizes.children()));
        text.row(
                row + 1,
                row % sizes.children() + 1,
                draw.below((int) sizes.classes()) + 1,
                row / sizes.children(),
                "[" + from + "," + (draw.onceIn(4) ? "" : from.plusDays(179)) + ")");
    }

    private void attendance(long row, Draw draw, CopyText text) throws IOException {
        String status = draw.of(STATUSES);
        LocalTime arrived = LocalTime.of(7, draw.below(60), draw.below(60));
        boolean came = !status.equals("absent") && !status.equals("excused");
        text.row(
                row % sizes.children() + 1,
                SampleRecords.OPENING.toLocalDate().plusDays(row / sizes.children()),
                status,
                came ? arrived : null,
                came ? arrived.plusMinutes(180 + draw.below(360)) : null);
    }
}
