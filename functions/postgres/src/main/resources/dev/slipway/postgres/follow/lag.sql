SELECT greatest(0, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), s.confirmed_flush_lsn))::bigint AS bytes,
       greatest(0, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), s.restart_lsn))::bigint AS kept,
       (extract(epoch FROM r.flush_lag) * 1000)::bigint AS milliseconds,
       s.active AS flowing
  FROM pg_replication_slots s
  LEFT JOIN pg_stat_replication r ON r.pid = s.active_pid
 WHERE s.slot_name = ?
