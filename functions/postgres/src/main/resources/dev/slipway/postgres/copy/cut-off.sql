-- Ends all sessions of workers here but one that claims the copy and connected later than this one: it may end this one.
SELECT pg_terminate_backend(other.pid)
  FROM pg_stat_activity other
  JOIN pg_stat_activity this ON this.pid = pg_backend_pid()
 WHERE other.datname = current_database() AND other.application_name = ? AND other.pid <> this.pid
   AND other.usename = current_user
   AND NOT ((other.backend_start, other.pid) > (this.backend_start, this.pid)
            AND EXISTS (SELECT
                          FROM pg_locks claim
                         WHERE claim.pid = other.pid AND claim.locktype = 'advisory' AND claim.granted
                           AND claim.classid = 0 AND claim.objid = ?::bigint::oid))
