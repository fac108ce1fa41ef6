-- What a database is and has: name, value as JSON, and text; '{123 B}' in a text is an amount of bytes, '{2 table}' of another noun.

-- == encoding and collation
SELECT v.*
  FROM here
 CROSS JOIN LATERAL (VALUES
       ('encoding', to_json(charset::text), charset::text),
       ('collation', to_json(locale), concat_ws(', ', locale, 'by ' || provider, 'version ' || locale_version)),
       ('collationProvider', to_json(provider), ''),
       ('collationVersion', coalesce(to_json(locale_version), 'null'), '')) v (name, value, text)

-- == role
SELECT 'role' AS name,
       json_build_object('name', rolname, 'superuser', rolsuper, 'bypassesRowSecurity', rolsuper OR rolbypassrls,
                         'createsRoles', rolcreaterole, 'replicates', rolreplication) AS value,
       rolname || CASE WHEN rolsuper THEN ', a superuser' ELSE ', no superuser' END AS text
  FROM me

-- == sizes
, sized AS (
    SELECT name, pg_relation_size(oid) AS heap,
           CASE WHEN reltoastrelid <> 0 THEN pg_total_relation_size(reltoastrelid) ELSE 0 END AS toast,
           pg_indexes_size(oid) AS indexes
      FROM relation
     WHERE relkind IN ('r', 'm')
), largest AS (
    SELECT *, heap + toast + indexes AS total FROM sized WHERE heap + toast + indexes > 0 ORDER BY total DESC, name LIMIT 10
)
SELECT 'sizes' AS name,
       json_build_object('heap', coalesce(sum(heap), 0), 'toast', coalesce(sum(toast), 0), 'indexes', coalesce(sum(indexes), 0)) AS value,
       format('heap {%s B}, TOAST {%s B}, indexes {%s B}', coalesce(sum(heap), 0), coalesce(sum(toast), 0), coalesce(sum(indexes), 0)) AS text
  FROM sized
UNION ALL
SELECT 'largest',
       coalesce(json_agg(json_build_object('name', name, 'heap', heap, 'toast', toast, 'indexes', indexes) ORDER BY total DESC, name), '[]'),
       coalesce((SELECT string_agg(format('%s {%s B}', name, total), ', ' ORDER BY total DESC, name)
                   FROM (SELECT * FROM largest ORDER BY total DESC, name LIMIT 3) first), 'none')
  FROM largest

-- == relations
, counted AS (
    SELECT count(*) FILTER (WHERE relkind = 'r' AND NOT relispartition) AS tables,
           count(*) FILTER (WHERE relkind = 'p' AND NOT relispartition) AS partitioned,
           count(*) FILTER (WHERE relkind = 'r' AND relispartition) AS partitions,
           count(*) FILTER (WHERE relkind IN ('i', 'I')) AS indexes,
           count(*) FILTER (WHERE relkind = 'S') AS sequences,
           count(*) FILTER (WHERE relkind = 'v') AS views,
           count(*) FILTER (WHERE relkind = 'm') AS materialized
      FROM relation
)
SELECT 'relations' AS name,
       json_build_object('tables', tables, 'partitionedTables', partitioned, 'partitions', partitions, 'indexes', indexes,
                         'sequences', sequences, 'views', views, 'materializedViews', materialized) AS value,
       coalesce(nullif(concat_ws(', ',
                '{' || nullif(tables, 0) || ' table}',
                '{' || nullif(partitioned, 0) || ' partitioned table}',
                '{' || nullif(partitions, 0) || ' partition}',
                '{' || nullif(indexes, 0) || ' index}',
                '{' || nullif(sequences, 0) || ' sequence}',
                '{' || nullif(views, 0) || ' view}',
                '{' || nullif(materialized, 0) || ' materialized view}'), ''), 'none') AS text
  FROM counted

-- == schemas
SELECT 'schemas' AS name, coalesce(json_agg(nspname ORDER BY nspname), '[]') AS value,
       coalesce(string_agg(nspname, ', ' ORDER BY nspname), 'none') AS text
  FROM pg_namespace
 WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'slipway')

-- == extensions
SELECT 'extensions' AS name,
       coalesce(json_agg(json_build_object('name', extname, 'version', extversion) ORDER BY extname), '[]') AS value,
       coalesce(string_agg(extname || ' ' || extversion, ', ' ORDER BY extname), 'none') AS text
  FROM pg_extension
 WHERE extname <> 'plpgsql'

-- == extensions that the server offers
SELECT 'offeredExtensions' AS name,
       coalesce(json_object_agg(name, coalesce(installed_version, default_version) ORDER BY name), '{}') AS value,
       '' AS text
  FROM pg_available_extensions

-- == roles
-- Those whose absence would be noticed: owners, members of a grant, and roles that a policy or a setting of this database names.
, used AS (
    SELECT d.refobjid AS oid, bool_or(d.deptype = 'o') AS owns
      FROM pg_shdepend d, here
     WHERE d.refclassid = 'pg_authid'::regclass
       AND (d.dbid = here.oid OR d.dbid = 0 AND d.classid = 'pg_database'::regclass AND d.objid = here.oid)
     GROUP BY 1
     UNION
-- The first superuser is in no dependency.
    SELECT datdba, true FROM here
     UNION
    SELECT relowner, true FROM relation
), role AS (
    SELECT r.rolname, r.rolsuper, r.rolcanlogin, bool_or(u.owns) AS owns,
           array_to_json(ARRAY(SELECT b.rolname::text FROM pg_auth_members m JOIN pg_roles b ON b.oid = m.roleid
                                WHERE m.member = r.oid ORDER BY 1)) AS member_of
      FROM used u
      JOIN pg_roles r ON r.oid = u.oid
     GROUP BY r.oid, r.rolname, r.rolsuper, r.rolcanlogin
)
SELECT 'roles' AS name,
       coalesce(json_agg(json_build_object('name', rolname, 'login', rolcanlogin, 'superuser', rolsuper, 'owns', owns,
                                           'memberOf', member_of) ORDER BY rolname), '[]') AS value,
       coalesce(string_agg(rolname || CASE WHEN owns THEN ' (an owner)' ELSE '' END, ', ' ORDER BY rolname), 'none') AS text
  FROM role

-- == privileges
, granted AS (
    SELECT r.name, a.grantee
      FROM relation r
     CROSS JOIN LATERAL aclexplode(r.relacl) a
     WHERE a.grantee <> r.relowner
)
SELECT 'privileges' AS name,
       json_build_object('relations', count(DISTINCT name), 'grantees', count(DISTINCT grantee),
                         'defaults', (SELECT count(*) FROM pg_default_acl)) AS value,
       CASE WHEN count(*) > 0 THEN format('on {%s relation} to {%s role}', count(DISTINCT name), count(DISTINCT grantee))
            ELSE 'none' END AS text
  FROM granted

-- == row-level security
SELECT 'rowSecurity' AS name, coalesce(json_agg(name ORDER BY name), '[]') AS value,
       CASE WHEN count(*) > 0 THEN format('on {%s table}', count(*)) ELSE 'none' END AS text
  FROM relation
 WHERE relrowsecurity

-- == large objects
SELECT 'largeObjects' AS name,
       json_build_object('count', count(*), 'bytes', CASE WHEN count(*) > 0 THEN pg_relation_size('pg_largeobject') ELSE 0 END) AS value,
       CASE WHEN count(*) > 0 THEN format('%s, {%s B}', count(*), pg_relation_size('pg_largeobject')) ELSE 'none' END AS text
  FROM pg_largeobject_metadata

-- == event triggers
SELECT 'eventTriggers' AS name, coalesce(json_agg(evtname ORDER BY evtname), '[]') AS value,
       coalesce(string_agg(evtname, ', ' ORDER BY evtname), 'none') AS text
  FROM pg_event_trigger

-- == publications
SELECT 'publications' AS name, coalesce(json_agg(pubname ORDER BY pubname), '[]') AS value,
       coalesce(string_agg(pubname, ', ' ORDER BY pubname), 'none') AS text
  FROM pg_publication

-- == subscriptions
SELECT 'subscriptions' AS name, coalesce(json_agg(json_build_object('name', s.subname, 'enabled', s.subenabled) ORDER BY s.subname), '[]') AS value,
       coalesce(string_agg(s.subname, ', ' ORDER BY s.subname), 'none') AS text
  FROM pg_subscription s
  JOIN here ON here.oid = s.subdbid

-- == prepared transactions
SELECT 'preparedTransactions' AS name, coalesce(json_agg(gid ORDER BY gid), '[]') AS value,
       coalesce(string_agg(gid, ', ' ORDER BY gid), 'none') AS text
  FROM pg_prepared_xacts
 WHERE database = current_database()

-- == settings
-- Names only: a value may be a secret of the app.
SELECT 'settings' AS name,
       coalesce(json_agg(json_build_object('name', split_part(setting, '=', 1), 'role', r.rolname, 'database', d.datname)
                         ORDER BY d.datname, r.rolname, setting), '[]') AS value,
       coalesce(string_agg(split_part(setting, '=', 1) || ' of ' || concat_ws(' in ', r.rolname, d.datname), ', '
                           ORDER BY d.datname, r.rolname, setting), 'none') AS text
  FROM pg_db_role_setting s
 CROSS JOIN here
 CROSS JOIN unnest(s.setconfig) AS setting
  LEFT JOIN pg_roles r ON r.oid = s.setrole
  LEFT JOIN pg_database d ON d.oid = s.setdatabase
 WHERE s.setdatabase IN (0, here.oid)

-- == replication
SELECT 'walLevel' AS name, to_json(current_setting('wal_level')) AS value, current_setting('wal_level') AS text
UNION ALL
SELECT 'slots',
       coalesce(json_agg(json_build_object('name', name, 'type', slot_type, 'database', database, 'active', active,
                                           'walKept', kept, 'walStatus', wal_status) ORDER BY name), '[]'),
       coalesce(string_agg(format('%s (%s, %s, keeps {%s B} of WAL)', name, slot_type,
                                  CASE WHEN active THEN 'active' ELSE 'inactive' END, coalesce(kept, 0)), ', ' ORDER BY name), 'none')
  FROM slot
UNION ALL
SELECT 'slotLimit', to_json(current_setting('max_replication_slots')::int), ''

-- == tablespaces
SELECT 'tablespaces' AS name, coalesce(json_agg(DISTINCT t.spcname), '[]') AS value,
       coalesce(string_agg(DISTINCT t.spcname::text, ', '), 'none') AS text
  FROM pg_tablespace t
 WHERE t.oid IN (SELECT reltablespace FROM relation UNION SELECT dattablespace FROM here) AND t.spcname <> 'pg_default'

-- == foreign servers
SELECT 'foreignServers' AS name,
       coalesce(json_agg(json_build_object('name', s.srvname, 'wrapper', w.fdwname) ORDER BY s.srvname), '[]') AS value,
       coalesce(string_agg(format('%s (%s)', s.srvname, w.fdwname), ', ' ORDER BY s.srvname), 'none') AS text
  FROM pg_foreign_server s
  JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
UNION ALL
SELECT 'userMappings',
       coalesce(json_agg(json_build_object('role', usename, 'server', srvname) ORDER BY srvname, usename), '[]'), ''
  FROM pg_user_mappings

-- == server
SELECT 'checksums' AS name, to_json(current_setting('data_checksums') = 'on') AS value, current_setting('data_checksums') AS text
UNION ALL
SELECT 'transactionAge', to_json(age(datfrozenxid)),
       to_char(age(datfrozenxid), 'FM999,999,999,990') || ' of 2,147,483,648'
  FROM here
UNION ALL
SELECT 'connections', json_build_object('open', sum(numbackends), 'limit', current_setting('max_connections')::int),
       format('%s of %s', sum(numbackends), current_setting('max_connections'))
  FROM pg_stat_database
