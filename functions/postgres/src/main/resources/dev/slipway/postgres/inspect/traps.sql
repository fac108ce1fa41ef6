-- What a person should know or decide before a copy: severity, noun, subject, what, remedy. Where several subjects share the
-- rest, they become one finding, and of '{is|are}' the word that fits their number is taken. '{123 B}' is an amount of bytes.

-- == the version
SELECT 'BLOCKER' AS severity, '' AS noun, 'the server' AS subject,
       'runs version ' || current_setting('server_version') AS what, 'Slipway needs 12 or later: upgrade it first' AS remedy
 WHERE current_setting('server_version_num')::int < 120000

-- == a standby
SELECT 'BLOCKER' AS severity, '' AS noun, 'the server' AS subject,
       'is a standby, which can be neither fenced nor written' AS what, 'name the primary' AS remedy
 WHERE pg_is_in_recovery()

-- == owners
SELECT 'BLOCKER' AS severity, 'database' AS noun, here.datname::text AS subject,
       'does not belong to ' || me.rolname || ', who cannot fence it' AS what,
       'log in as its owner ' || pg_get_userbyid(here.datdba) AS remedy
  FROM here, me
 WHERE NOT me.rolsuper AND NOT pg_has_role(here.datdba, 'USAGE')
UNION ALL
SELECT 'BLOCKER', 'table', r.name, '{does|do} not belong to ' || me.rolname || ', who cannot fence {it|them}',
       'log in as ' || pg_get_userbyid(r.relowner) || ', or be granted that role'
  FROM relation r, me
 WHERE r.relkind IN ('r', 'p') AND NOT me.rolsuper AND NOT pg_has_role(r.relowner, 'USAGE')

-- == prepared transactions
SELECT 'BLOCKER' AS severity, 'prepared transaction' AS noun, gid AS subject,
       '{holds its|hold their} locks until somebody ends {it|them}' AS what,
       'COMMIT PREPARED or ROLLBACK PREPARED before the move' AS remedy
  FROM pg_prepared_xacts
 WHERE database = current_database()

-- == large objects
SELECT 'BLOCKER' AS severity, '' AS noun, 'the large objects' AS subject,
       -- The functions on large objects work in a read-only transaction there, and nothing else can stop a superuser.
       'cannot be fenced on a server before version 16' AS what,
       'move them into a bytea column, or upgrade the source first' AS remedy
 WHERE current_setting('server_version_num')::int < 160000 AND EXISTS (SELECT 1 FROM pg_largeobject_metadata)
UNION ALL
SELECT 'BLOCKER', 'large object', o.oid::text, 'cannot be read by ' || me.rolname,
       'GRANT SELECT ON LARGE OBJECT, or log in as its owner ' || pg_get_userbyid(o.lomowner)
  FROM pg_largeobject_metadata o, me
 WHERE NOT me.rolsuper AND current_setting('lo_compat_privileges') = 'off' AND NOT pg_has_role(o.lomowner, 'USAGE')
   AND NOT EXISTS (SELECT 1
                     FROM aclexplode(o.lomacl) a
                    WHERE a.privilege_type = 'SELECT' AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE')))

-- == partitions by the hash of an enum
, enumerated AS (
    SELECT oid FROM pg_type WHERE typtype = 'e'
    UNION ALL
    SELECT t.oid FROM pg_type t JOIN pg_type base ON base.oid IN (t.typbasetype, t.typelem) WHERE base.typtype = 'e'
)
SELECT 'BLOCKER' AS severity, 'partitioned table' AS noun, r.name AS subject,
       '{is|are} divided by the hash of an enum, which is another one in every database, so rows do not fit the same partition of the target' AS what,
       'partition {it|them} by list, or by the hash of the text' AS remedy
  FROM relation r
  JOIN pg_partitioned_table p ON p.partrelid = r.oid AND p.partstrat = 'h'
 WHERE EXISTS (SELECT 1
                 FROM pg_attribute a
                 JOIN enumerated e ON e.oid = a.atttypid
                WHERE a.attrelid = r.oid AND a.attnum = ANY (p.partattrs::int2[]))

-- == tables without a key
, keyed AS (
    SELECT i.indrelid, bool_or(i.indisprimary) AS by_primary
      FROM pg_index i
     WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
       AND NOT EXISTS (SELECT 1
                         FROM pg_attribute a
                        WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[]) AND NOT a.attnotnull)
     GROUP BY 1
)
SELECT 'WARNING' AS severity, 'table' AS noun, r.name AS subject,
       CASE WHEN k.indrelid IS NULL
            THEN '{has|have} no key, so rows are compared as wholes, and updates would be replicated only with REPLICA IDENTITY FULL'
            ELSE '{has|have} a unique key but no primary one, so updates would not be replicated'
       END AS what,
       CASE WHEN k.indrelid IS NULL
            THEN 'add a primary key if you can; the copy works without'
            ELSE 'ALTER TABLE {...} REPLICA IDENTITY USING INDEX before changes are followed; the copy works without'
       END AS remedy
  FROM relation r
  LEFT JOIN keyed k ON k.indrelid = r.oid
 WHERE r.relkind = 'r' AND (k.indrelid IS NULL OR NOT k.by_primary AND r.relreplident IN ('d', 'n'))

-- == unlogged tables
SELECT 'WARNING' AS severity, 'table' AS noun, name AS subject,
       '{is|are} unlogged, and copied so: a crash of the target empties {it|them}' AS what,
       'ALTER TABLE {...} SET LOGGED if the rows matter' AS remedy
  FROM relation
 WHERE relkind = 'r' AND relpersistence = 'u'

-- == temporary tables
SELECT 'WARNING' AS severity, 'temporary table' AS noun, format('%I', relname) AS subject,
       '{belongs to an open session|belong to open sessions} and {is|are} not copied' AS what,
       'nothing to do, unless the app expects {it|them} to be there after the cutover' AS remedy
  FROM pg_class
 WHERE relkind IN ('r', 'p') AND relpersistence = 't'

-- == foreign tables
SELECT 'WARNING' AS severity, 'foreign table' AS noun, r.name AS subject,
       '{keeps its|keep their} rows on the server ' || s.srvname || ', only the definition is copied' AS what,
       'let the target reach that server, or copy the rows into a table of its own' AS remedy
  FROM relation r
  JOIN pg_foreign_table f ON f.ftrelid = r.oid
  JOIN pg_foreign_server s ON s.oid = f.ftserver

-- == foreign servers
SELECT 'WARNING' AS severity, 'foreign server' AS noun, s.srvname::text AS subject,
       '{is|are} reached from the target by the same address' AS what,
       'open the way for the target, or change {its|their} options there' AS remedy
  FROM pg_foreign_server s
UNION ALL
-- The view hides the options from who may not see them; a password is one of them.
SELECT 'WARNING', 'user mapping', usename || ' on ' || srvname,
       '{holds|hold} a login whose password is copied only if this role may read it, and only for a role that the target has',
       'make the role{|s} first, and look at the mapping{|s} on the target'
  FROM pg_user_mappings

-- == materialized views over foreign tables
SELECT DISTINCT 'WARNING' AS severity, 'materialized view' AS noun, v.name AS subject,
       '{reads|read} a foreign table, and {is|are} filled anew on the target, which has to reach that server during the copy' AS what,
       'open the way for the target, or drop the view{|s} for the move' AS remedy
  FROM relation v
  JOIN pg_rewrite w ON w.ev_class = v.oid
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
  JOIN pg_class f ON f.oid = d.refobjid AND f.relkind = 'f'
 WHERE v.relkind = 'm' AND v.relispopulated

-- == constraints that are not valid
SELECT 'WARNING' AS severity, 'constraint' AS noun, format('%I on %s', c.conname, coalesce(r.name, c.contypid::regtype::text)) AS subject,
       '{is|are} NOT VALID: rows that are there may violate {it|them}, and {it stays|they stay} so on the target' AS what,
       'ALTER {...} VALIDATE CONSTRAINT where {it|they} should hold' AS remedy
  FROM pg_constraint c
  LEFT JOIN relation r ON r.oid = c.conrelid
 WHERE NOT c.convalidated AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true' AND c.conparentid = 0
   AND (r.oid IS NOT NULL OR c.contypid <> 0)

-- == invalid indexes
SELECT 'WARNING' AS severity, 'index' AS noun, x.name AS subject, '{is|are} invalid and left behind' AS what,
       'REINDEX {it|them}, or drop {it|them}' AS remedy
  FROM pg_index i
  JOIN relation x ON x.oid = i.indexrelid AND x.relkind = 'i'
 WHERE NOT i.indisvalid

-- == partitions that were to be detached (since 14)
SELECT 'WARNING' AS severity, 'partition' AS noun, r.name AS subject,
       '{was|were} to be detached, which was interrupted' AS what, 'ALTER TABLE {...} DETACH PARTITION {...} FINALIZE' AS remedy
  FROM pg_inherits i
  JOIN relation r ON r.oid = i.inhrelid
 WHERE i.inhdetachpending

-- == tablespaces
SELECT 'WARNING' AS severity, CASE WHEN r.relkind IN ('i', 'I') THEN 'index' ELSE 'table' END AS noun, r.name AS subject,
       '{lies|lie} in the tablespace ' || t.spcname || ', and on the target in its default one' AS what,
       'nothing to do, where the target''s disk is fast and large enough' AS remedy
  FROM relation r
  JOIN pg_tablespace t ON t.oid = r.reltablespace
UNION ALL
SELECT 'WARNING', 'database', here.datname, 'lies in the tablespace ' || t.spcname || ', and on the target in its default one',
       'nothing to do, where the target''s disk is fast and large enough'
  FROM here
  JOIN pg_tablespace t ON t.oid = here.dattablespace
 WHERE t.spcname <> 'pg_default'

-- == access methods
SELECT 'WARNING' AS severity, 'table' AS noun, r.name AS subject,
       '{is|are} kept by the access method ' || m.amname || ' instead of heap, and read by one session {|each}' AS what,
       'make sure that the target has it' AS remedy
  FROM relation r
  JOIN pg_am m ON m.oid = r.relam AND m.amname <> 'heap'
 WHERE r.relkind IN ('r', 'm')

-- == large tables that cannot be read in parts
SELECT 'WARNING' AS severity, 'table' AS noun, r.name AS subject,
       '{is|are} larger than a gigabyte, and a server before version 14 reads {it|them} as a whole, by one session{| each}' AS what,
       'plan for the time, or upgrade the source first' AS remedy
  FROM relation r
 WHERE r.relkind = 'r' AND current_setting('server_version_num')::int < 140000 AND pg_table_size(r.oid) > 1000000000

-- == sequences near their end
, used AS (
    SELECT r.name, s.*,
           least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 END) AS last_possible,
           CASE WHEN has_sequence_privilege(r.oid, 'USAGE, SELECT') THEN pg_sequence_last_value(r.oid) END AS last_value
      FROM relation r
      JOIN pg_sequence s ON s.seqrelid = r.oid
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE r.relkind = 'S'
)
SELECT 'WARNING' AS severity, 'sequence' AS noun, name AS subject,
       '{has|have} used more than 80 % of {its|their} numbers, and the copy goes on with them' AS what,
       'make the column and {its sequence|the sequences} bigint before they run out' AS remedy
  FROM used
 WHERE NOT seqcycle AND last_value IS NOT NULL
   AND CASE WHEN seqincrement > 0 THEN (last_value::numeric - seqmin) > 0.8 * (last_possible::numeric - seqmin)
            ELSE (seqmax::numeric - last_value) > 0.8 * (seqmax::numeric - seqmin) END

-- == columns whose types hold OIDs
, reached AS (
    SELECT a.atttypid AS root, a.atttypid AS oid
      FROM relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE r.relkind IN ('r', 'm')
     UNION
    SELECT x.root, part.oid
      FROM reached x
      JOIN pg_type t ON t.oid = x.oid
     CROSS JOIN LATERAL (
           SELECT t.typbasetype
           UNION ALL SELECT t.typelem
           UNION ALL SELECT g.rngsubtype FROM pg_range g WHERE g.rngtypid = t.oid
           UNION ALL SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
           ) part (oid)
     WHERE part.oid <> 0
), holding AS (
    SELECT DISTINCT x.root
      FROM reached x
      JOIN pg_type t ON t.oid = x.oid
     WHERE t.typsend = 0 OR t.typreceive = 0 OR t.typelem >= 16384
        OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid >= 16384)
), stored AS (
    SELECT format('%s.%I', r.name, a.attname) AS name, a.atttypid, format_type(a.atttypid, NULL) AS type
      FROM relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE r.relkind IN ('r', 'm')
)
SELECT 'WARNING' AS severity, 'column' AS noun, name AS subject,
       '{is|are} of a type whose binary form holds OIDs, which are others on the target' AS what,
       'nothing to do, as {it travels|they travel} in the form of text, which is exact but slower' AS remedy
  FROM stored
 WHERE atttypid IN (SELECT root FROM holding)
UNION ALL
SELECT 'WARNING', 'column', name,
       '{is|are} of the type ' || type || ', and a value that names an index, or what the target does not have, stops the copy',
       'look at the values, or keep the names as text'
  FROM stored
 WHERE type ~ '^reg(class|proc|procedure|oper|operator|type|role|namespace|config|dictionary|collation|database)(\[\])?$'

-- == security labels
SELECT 'WARNING' AS severity, 'object' AS noun, pg_describe_object(classoid, objoid, objsubid) AS subject,
       '{carries a security label|carry security labels} of ' || provider || ', which {is|are} left behind' AS what,
       'load that provider on the target, and label {it|them} there' AS remedy
  FROM pg_seclabel

-- == publications
SELECT 'WARNING' AS severity, 'publication' AS noun, pubname::text AS subject,
       '{has|have} subscribers that go on reading from the source' AS what,
       'let them subscribe to the target after the move' AS remedy
  FROM pg_publication

-- == subscriptions
SELECT 'WARNING' AS severity, 'subscription' AS noun, s.subname::text AS subject,
       '{feeds|feed} this database from another server, and {is|are} left behind' AS what,
       'ALTER SUBSCRIPTION {...} DISABLE for the move, and decide who feeds the target' AS remedy
  FROM pg_subscription s
  JOIN here ON here.oid = s.subdbid

-- == replication slots
-- Of the whole server, because it is the server's disk that fills; what a slot of this database is for has to begin anew.
SELECT 'WARNING' AS severity, 'replication slot' AS noun, name AS subject,
       concat_ws(', and ',
                 CASE WHEN database = current_database() THEN '{is|are} left behind' END,
                 CASE WHEN NOT active THEN format('{is|are} read by nobody and {keeps|keep} {%s B} of WAL on the server''s disk', kept)
                      WHEN kept > 1000000000 THEN format('{lags|lag} and {keeps|keep} {%s B} of WAL on the server''s disk', kept)
                 END) AS what,
       CASE WHEN NOT active THEN 'drop {it|them} if nobody needs {it|them}, or let {its reader|their readers} begin anew on the target'
            ELSE 'let {its reader|their readers} begin anew on the target' END AS remedy
  FROM slot
 WHERE database = current_database() OR NOT active AND kept IS NOT NULL OR kept > 1000000000

-- == encoding
SELECT 'WARNING' AS severity, 'database' AS noun, datname::text AS subject,
       CASE charset
            WHEN 'SQL_ASCII' THEN 'is encoded as SQL_ASCII, so nobody ever checked its text, and what is not UTF8 stops a copy to UTF8'
            ELSE 'is encoded as ' || charset || ', and its text is converted for a target that is encoded as UTF8'
       END AS what,
       CASE charset
            WHEN 'SQL_ASCII' THEN 'find out what its text really is and convert it, or make the target with SQL_ASCII too'
            ELSE 'nothing to do, unless the app counts on the length of a text in bytes'
       END AS remedy
  FROM here
 WHERE charset <> 'UTF8'

-- == order of text
SELECT 'WARNING' AS severity, 'database' AS noun, datname::text AS subject,
       CASE WHEN locale IN ('C', 'POSIX')
            THEN 'sorts text as C, byte by byte'
            ELSE 'says that it sorts text as ' || locale || ' but sorts it byte by byte, as the Alpine images of Postgres do'
       END || ', and on a target that sorts by a language ORDER BY and ranges of text answer otherwise' AS what,
       'make the target''s database with the collation C to keep the order, or look through what depends on it' AS remedy
  FROM here
 WHERE locale IN ('C', 'POSIX')
    OR provider = 'libc' AND locale NOT LIKE 'C.%' AND 'a' > 'B' COLLATE "default"

-- == collations that have changed (since 15)
SELECT 'WARNING' AS severity, 'database' AS noun, datname::text AS subject,
       format('sorts text by version %s of %s and was made with version %s, so its indexes on text may be wrong',
              pg_database_collation_actual_version(oid), locale, locale_version) AS what,
       'REINDEX, then ALTER DATABASE {...} REFRESH COLLATION VERSION' AS remedy
  FROM here
 WHERE locale_version <> pg_database_collation_actual_version(oid)
UNION ALL
SELECT 'WARNING', 'collation', c.oid::regcollation::text,
       '{has|have} changed in the operating system since {it was|they were} made, so indexes by {it|them} may be wrong',
       'REINDEX, then ALTER COLLATION {...} REFRESH VERSION'
  FROM pg_collation c
 WHERE c.collversion <> pg_collation_actual_version(c.oid)
   AND EXISTS (SELECT 1 FROM pg_attribute a JOIN relation r ON r.oid = a.attrelid WHERE a.attcollation = c.oid)

-- == age of transactions
, aged AS (
    SELECT datname, greatest(age(datfrozenxid), mxid_age(datminmxid)) AS age FROM here
)
SELECT 'WARNING' AS severity, 'database' AS noun, datname::text AS subject,
       format('has used %s %% of the transaction numbers after which the server stops to take writes', round(100.0 * age / 2147483648)) AS what,
       'VACUUM (FREEZE) it before the move' AS remedy
  FROM aged
 WHERE age > 1000000000

-- == autovacuum
SELECT 'WARNING' AS severity, '' AS noun, 'autovacuum' AS subject, 'is off on the whole server, so its row counts may be old' AS what,
       'ANALYZE before you trust an estimate' AS remedy
 WHERE current_setting('autovacuum') = 'off' OR current_setting('track_counts') = 'off'
UNION ALL
SELECT 'WARNING', 'table', name, '{is|are} never vacuumed by itself (autovacuum_enabled), and {takes|take} that to the target',
       'ALTER TABLE {...} RESET (autovacuum_enabled) unless it is meant'
  FROM relation
 WHERE relkind IN ('r', 'm') AND array_to_string(reloptions, ',') ~* 'autovacuum_enabled=(f|of|n|0)'

-- == open transactions
SELECT 'WARNING' AS severity, 'session' AS noun, concat_ws(' ', a.pid, a.usename, nullif(a.application_name, '')) AS subject,
       '{has|have} had a transaction open for more than ten minutes, and a fence waits for it to end' AS what,
       'end {it|them} before the move' AS remedy
  FROM pg_stat_activity a
 WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.xact_start < now() - interval '10 minutes'
   AND a.application_name <> 'slipway'
UNION ALL
SELECT 'WARNING', 'check', 'of open transactions of other roles', 'could not be made by ' || me.rolname, 'grant it pg_monitor, or look as a superuser'
  FROM me
 WHERE NOT me.rolsuper AND NOT pg_has_role(me.rolname, 'pg_read_all_stats', 'USAGE')

-- == limits of time
SELECT 'WARNING' AS severity, 'setting' AS noun, name AS subject,
       'is ' || setting || coalesce(' ' || unit, '') || ', and a copy that takes longer is broken off' AS what,
       'switch it off for the move' AS remedy
  FROM pg_settings
 WHERE name = 'transaction_timeout' AND setting <> '0'
    OR name = 'old_snapshot_threshold' AND setting <> '-1'

-- == limits of connections
, room AS (
    SELECT 'role' AS noun, rolname::text AS subject, rolconnlimit AS connections FROM me WHERE rolconnlimit >= 0
    UNION ALL
    SELECT 'database', datname, datconnlimit FROM here WHERE datconnlimit >= 0
    UNION ALL
    SELECT '', 'the server', current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - sum(numbackends)::int
      FROM pg_stat_database
)
SELECT 'WARNING' AS severity, noun, subject, 'leaves room for ' || greatest(0, connections) || ' connections, and each job of a copy needs one' AS what,
       'raise the limit, or copy with fewer jobs' AS remedy
  FROM room
 WHERE connections < 8

-- == locks
, needed AS (
    SELECT count(*) AS locks FROM relation WHERE relkind IN ('r', 'p')
), room AS (
    SELECT current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int AS sessions,
           current_setting('max_locks_per_transaction')::int AS each
)
-- Seen: one and a half times as many still fit, four and a half times do not.
SELECT CASE WHEN locks > 4 * each * sessions THEN 'BLOCKER' ELSE 'WARNING' END AS severity, '' AS noun, 'the server' AS subject,
       format('has room for about {%s lock}, and reading the schema takes {%s lock} at once', each * sessions, locks) AS what,
       format('raise max_locks_per_transaction to %s and restart it, if pg_dump is out of shared memory', locks / sessions + 64) AS remedy
  FROM needed, room
 WHERE locks > each * sessions

-- == jobs of pg_cron in another database
SELECT 'WARNING' AS severity, '' AS noun, 'pg_cron' AS subject,
       'keeps its jobs in the database ' || elsewhere || ', and those for this one are left behind' AS what,
       'look there for them, and schedule them anew for the target' AS remedy
  FROM current_setting('cron.database_name', true) AS elsewhere
 WHERE elsewhere <> current_database()
