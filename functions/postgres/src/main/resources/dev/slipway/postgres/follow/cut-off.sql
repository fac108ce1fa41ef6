-- Ends the session that holds a lock of two numbers here.
SELECT pg_terminate_backend(a.pid)
  FROM pg_locks l
  JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND l.classid = ?::bigint::oid AND l.objid = ?::bigint::oid
   AND a.pid <> pg_backend_pid()
