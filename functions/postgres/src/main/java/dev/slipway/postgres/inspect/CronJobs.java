package dev.slipway.postgres.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Severity;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.List;

/** Names the jobs that pg_cron runs in the database. They are rows of a table, so they arrive on the target as such. */
final class CronJobs {
    private CronJobs() {}

    public static List<Trap> read(PostgresSession session, List<Detail> details) throws SQLException {
        boolean there = session.only("SELECT to_regclass('cron.job') IS NOT NULL", row -> row.getBoolean(1));
        List<String> jobs = there ? session.query("""
                        SELECT coalesce(to_jsonb(j) ->> 'jobname', 'job ' || j.jobid) || ' (' || j.schedule || ')'
                          FROM cron.job j
                         WHERE j.database = current_database()
                         ORDER BY j.jobid
                        """, row -> row.getString(1)) : List.of();
        details.add(new Detail("cronJobs", jobs, jobs.isEmpty() ? Detail.NONE : String.join(", ", jobs)));
        return jobs.stream().map(CronJobs::trap).toList();
    }

    private static Trap trap(String job) {
        return new Trap(
                Severity.WARNING,
                "job",
                job,
                "of pg_cron {is|are} copied, and {runs|run} on both sides where the target has pg_cron",
                "unschedule {it|them} on the side that is not to do the work");
    }
}
