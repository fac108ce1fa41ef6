-- Whether an autovacuum holds a lock that conflicts with the fence's. Its session is one without a user; more of it a mere owner may not see.
SELECT EXISTS (SELECT 1
                 FROM pg_stat_activity a
                 JOIN pg_locks l ON l.pid = a.pid AND l.granted AND l.mode = 'ShareUpdateExclusiveLock'
                WHERE a.datname = current_database() AND a.usesysid IS NULL)
