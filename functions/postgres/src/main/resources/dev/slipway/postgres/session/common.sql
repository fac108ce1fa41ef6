-- What every statement of an inspection may refer to. Temporary, extensions' and Slipway's own relations are nobody's data.
WITH RECURSIVE relation AS (
    SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relpersistence <> 't'
       AND n.nspname !~ '^pg_'
       AND n.nspname NOT IN ('information_schema', 'slipway')
       AND NOT EXISTS (SELECT 1
                         FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), here AS (
    SELECT d.*,
           pg_encoding_to_char(d.encoding) AS charset,
           CASE to_jsonb(d) ->> 'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider,
           coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate) AS locale,
           to_jsonb(d) ->> 'datcollversion' AS locale_version
      FROM pg_database d
     WHERE d.datname = current_database()
), me AS (
    SELECT * FROM pg_roles WHERE rolname = current_user
), slot AS (
    SELECT s.slot_name::text AS name, s.slot_type, s.database::text AS database, s.active, to_jsonb(s) ->> 'wal_status' AS wal_status,
           greatest(0, pg_wal_lsn_diff(
               CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
               s.restart_lsn))::bigint AS kept
      FROM pg_replication_slots s
)
