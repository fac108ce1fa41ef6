-- Findings: severity, subject, message. Each line is a trap that somebody fell into.
WITH relation AS MATERIALIZED (
    SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relpersistence <> 't'
       AND n.nspname !~ '^pg_'
       AND n.nspname NOT IN ('information_schema', 'slipway')
       AND NOT EXISTS (SELECT 1
                         FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), me AS (
    SELECT r.* FROM pg_roles r WHERE r.rolname = current_user
)
SELECT 'BLOCKER' AS severity, r.name AS subject,
       'has row-level security and ' || me.rolname || ' is bound by it: rows would be missing; log in as a role with BYPASSRLS' AS message
  FROM relation r, me
 WHERE r.relrowsecurity AND NOT me.rolsuper AND NOT me.rolbypassrls
   AND (r.relforcerowsecurity OR NOT pg_has_role(r.relowner, 'USAGE'))
UNION ALL
SELECT 'BLOCKER', d.datname,
       me.rolname || ' does not own this database and cannot fence it: log in as its owner ' || pg_get_userbyid(d.datdba)
  FROM pg_database d, me
 WHERE d.datname = current_database() AND NOT me.rolsuper AND NOT pg_has_role(d.datdba, 'USAGE')
UNION ALL
SELECT 'BLOCKER', r.name, me.rolname || ' does not own this table and cannot fence it: log in as ' || pg_get_userbyid(r.relowner)
  FROM relation r, me
 WHERE r.relkind IN ('r', 'p') AND NOT me.rolsuper AND NOT pg_has_role(r.relowner, 'USAGE')
UNION ALL
SELECT 'BLOCKER', current_database(), 'is a standby, which can be neither fenced nor written: name the primary'
 WHERE pg_is_in_recovery()
UNION ALL
SELECT 'BLOCKER', current_database(), 'runs version ' || current_setting('server_version') || ': Slipway needs 12 or later'
 WHERE current_setting('server_version_num')::int < 120000
UNION ALL
SELECT 'BLOCKER', gid, 'is a prepared transaction that holds its locks: commit it or roll it back before the move'
  FROM pg_prepared_xacts
 WHERE database = current_database()
UNION ALL
SELECT 'WARNING', r.name, 'has no primary or unique key: its rows are compared as wholes, and updates are not replicated without REPLICA IDENTITY FULL'
  FROM relation r
 WHERE r.relkind = 'r'
   AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = r.oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL)
UNION ALL
SELECT 'WARNING', r.name, 'is unlogged: it is copied, but a crash of the target empties it'
  FROM relation r WHERE r.relkind = 'r' AND r.relpersistence = 'u'
UNION ALL
SELECT 'WARNING', r.name, 'is a foreign table: its definition is copied, the rows stay where they are'
  FROM relation r WHERE r.relkind = 'f'
UNION ALL
SELECT 'WARNING', r.name, 'has grants to other roles: privileges and owners are not copied, the target''s user owns everything'
  FROM relation r WHERE r.relacl IS NOT NULL
   AND EXISTS (SELECT 1 FROM aclexplode(r.relacl) a WHERE a.grantee <> r.relowner)
UNION ALL
SELECT 'WARNING', r.name || ' ' || c.conname, 'is NOT VALID: it may be violated by rows that are there, and stays so'
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid AND NOT c.convalidated
UNION ALL
SELECT 'WARNING', x.relname, 'is an invalid index: it is left behind'
  FROM relation r JOIN pg_index i ON i.indrelid = r.oid AND NOT i.indisvalid AND r.relkind <> 'p'
  JOIN pg_class x ON x.oid = i.indexrelid
UNION ALL
SELECT 'WARNING', r.name, 'lies in a tablespace of its own: the target has only its default one'
  FROM relation r WHERE r.reltablespace <> 0
UNION ALL
SELECT 'WARNING', 'large objects', count(*) || ' large objects are copied with their numbers; their owners and privileges are not'
  FROM pg_largeobject_metadata HAVING count(*) > 0
UNION ALL
-- Before 16 the functions on large objects work in a read-only transaction too, and nothing else can stop a superuser.
SELECT 'BLOCKER', 'large objects', 'cannot be fenced on a server before version 16: move them into a bytea column, or upgrade the source first'
  FROM pg_largeobject_metadata
 WHERE current_setting('server_version_num')::int < 160000
HAVING count(*) > 0
UNION ALL
SELECT 'WARNING', extname, 'is an extension (version ' || extversion || ') that the target must offer'
  FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
SELECT 'WARNING', pubname, 'is a publication: it is left behind' FROM pg_publication
UNION ALL
SELECT 'WARNING', evtname, 'is an event trigger, which a managed target refuses' FROM pg_event_trigger e
 WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e')
UNION ALL
SELECT 'WARNING', slot_name::text, 'is a replication slot: it is left behind' FROM pg_replication_slots WHERE database = current_database()
UNION ALL
SELECT 'WARNING', coalesce(pg_get_userbyid(nullif(s.setrole, 0)), d.datname),
       'has the setting ' || split_part(setting, '=', 1) || ' by ALTER DATABASE or ALTER ROLE: it is left behind'
  FROM pg_db_role_setting s
  JOIN pg_database d ON d.oid = s.setdatabase
 CROSS JOIN unnest(s.setconfig) AS setting
 WHERE d.datname = current_database() AND setting NOT LIKE 'default\_transaction\_read\_only=%'
UNION ALL
SELECT 'WARNING', datname, 'is encoded as ' || pg_encoding_to_char(encoding) || ': text that is not valid there cannot be copied to UTF8'
  FROM pg_database WHERE datname = current_database() AND pg_encoding_to_char(encoding) <> 'UTF8'
UNION ALL
SELECT 'WARNING', datname, 'sorts text as ' || datcollate || ': ORDER BY, range partitions and CHECKs on text may answer differently on a target that sorts by a language'
  FROM pg_database WHERE datname = current_database() AND datcollate IN ('C', 'POSIX')
 ORDER BY 1, 2, 3
