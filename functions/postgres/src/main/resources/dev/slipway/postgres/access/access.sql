-- Who owns each object of the user's and what is granted on it: a row for each of an object's grants, and one for an object without.
-- What an extension or Slipway itself made is left out. The database's owner is the server's affair: it stands here as nobody.
WITH member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
    UNION ALL
    SELECT split_part(id, ' ', 1)::oid, split_part(id, ' ', 2)::oid FROM unnest(string_to_array(?, ',')) AS left_out (id)
), space AS MATERIALIZED (
    SELECT n.*
      FROM pg_namespace n
     WHERE n.nspname !~ '^pg_'
       AND n.nspname NOT IN ('information_schema', 'slipway')
       AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_namespace'::regclass AND objid = n.oid)
), relation AS MATERIALIZED (
    SELECT c.*, format('%I.%I', s.nspname, c.relname) AS name,
           -- Such a sequence has its table's owner.
           EXISTS (SELECT 1
                     FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S'
                      AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) AS follows
      FROM pg_class c
      JOIN space s ON s.oid = c.relnamespace
     WHERE c.relpersistence <> 't'
       AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
), object (kind, name, part, space, owner, follows, acl, standard) AS (
    SELECT 'DATABASE', '', '', '', datdba, true, datacl, 'd'
      FROM pg_database
     WHERE datname = current_database()
    UNION ALL
    SELECT 'SCHEMA', quote_ident(nspname), '', '', nspowner, false, nspacl, 'n' FROM space
    UNION ALL
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE'
                        ELSE 'TABLE' END,
           name, '', relnamespace::regnamespace::text, relowner, follows, relacl, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END
      FROM relation
    UNION ALL
    SELECT 'COLUMN', r.name, quote_ident(a.attname), '', r.relowner, true, a.attacl, 'c'
      FROM relation r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attacl IS NOT NULL
    UNION ALL
    SELECT 'ROUTINE', p.oid::regprocedure::text, '', s.oid::regnamespace::text, p.proowner, false, p.proacl, 'f'
      FROM pg_proc p
      JOIN space s ON s.oid = p.pronamespace
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
       -- What makes a range's values comes with its type.
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
    UNION ALL
    SELECT 'TYPE', t.oid::regtype::text, '', s.oid::regnamespace::text, t.typowner, false, t.typacl, 'T'
      FROM pg_type t
      JOIN space s ON s.oid = t.typnamespace
     WHERE (t.typtype IN ('b', 'e', 'd', 'r')
            OR t.typtype = 'c' AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
       -- An array has its element's.
       AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)
       AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
    UNION ALL
    SELECT 'LARGE OBJECT', oid::text, '', '', lomowner, false, lomacl, 'L' FROM pg_largeobject_metadata
    UNION ALL
    SELECT 'LANGUAGE', quote_ident(lanname), '', '', lanowner, false, lanacl, 'l' FROM pg_language l
     WHERE l.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_language'::regclass AND objid = l.oid)
    UNION ALL
    SELECT 'FOREIGN DATA WRAPPER', quote_ident(fdwname), '', '', fdwowner, false, fdwacl, 'F' FROM pg_foreign_data_wrapper w
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = w.oid)
    UNION ALL
    SELECT 'SERVER', quote_ident(srvname), '', '', srvowner, false, srvacl, 'S' FROM pg_foreign_server v
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_foreign_server'::regclass AND objid = v.oid)
    UNION ALL
    SELECT 'OPERATOR', (i).identity, '', (i).schema, oprowner, false, NULL, NULL
      FROM pg_operator o
      JOIN space s ON s.oid = o.oprnamespace
     CROSS JOIN LATERAL pg_identify_object('pg_operator'::regclass, o.oid, 0) i
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_operator'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'OPERATOR CLASS', (i).identity, '', (i).schema, opcowner, false, NULL, NULL
      FROM pg_opclass o
      JOIN space s ON s.oid = o.opcnamespace
     CROSS JOIN LATERAL pg_identify_object('pg_opclass'::regclass, o.oid, 0) i
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_opclass'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'OPERATOR FAMILY', (i).identity, '', (i).schema, opfowner, false, NULL, NULL
      FROM pg_opfamily o
      JOIN space s ON s.oid = o.opfnamespace
     CROSS JOIN LATERAL pg_identify_object('pg_opfamily'::regclass, o.oid, 0) i
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_opfamily'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'COLLATION', format('%I.%I', s.nspname, collname), '', quote_ident(s.nspname), collowner, false, NULL, NULL
      FROM pg_collation o
      JOIN space s ON s.oid = o.collnamespace
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_collation'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'CONVERSION', format('%I.%I', s.nspname, conname), '', quote_ident(s.nspname), conowner, false, NULL, NULL
      FROM pg_conversion o
      JOIN space s ON s.oid = o.connamespace
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_conversion'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'TEXT SEARCH DICTIONARY', format('%I.%I', s.nspname, dictname), '', quote_ident(s.nspname), dictowner, false, NULL, NULL
      FROM pg_ts_dict o
      JOIN space s ON s.oid = o.dictnamespace
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_ts_dict'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'TEXT SEARCH CONFIGURATION', format('%I.%I', s.nspname, cfgname), '', quote_ident(s.nspname), cfgowner, false, NULL, NULL
      FROM pg_ts_config o
      JOIN space s ON s.oid = o.cfgnamespace
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_ts_config'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'STATISTICS', format('%I.%I', s.nspname, stxname), '', quote_ident(s.nspname), stxowner, false, NULL, NULL
      FROM pg_statistic_ext o
      JOIN space s ON s.oid = o.stxnamespace
    UNION ALL
    SELECT 'PUBLICATION', quote_ident(pubname), '', '', pubowner, false, NULL, NULL
      FROM pg_publication o
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_publication'::regclass AND objid = o.oid)
    UNION ALL
    SELECT 'EVENT TRIGGER', quote_ident(evtname), '', '', evtowner, false, NULL, NULL
      FROM pg_event_trigger o
     WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_event_trigger'::regclass AND objid = o.oid)
), granted AS (
    SELECT o.kind, o.name, o.part, a.grantee, a.grantor, a.is_grantable, a.ordinality, a.privilege_type,
           -- All that the kind has on this server; what a newer one adds belongs to whoever has all.
           count(*) OVER (PARTITION BY o.kind, o.name, o.part, a.grantee, a.grantor, a.is_grantable)
             = CASE o.standard
                    WHEN 'c' THEN 4
                    ELSE (SELECT count(*) FROM aclexplode(acldefault(o.standard::"char", o.owner)) b WHERE b.grantee = o.owner)
               END AS all_of_them
      FROM object o
     CROSS JOIN LATERAL aclexplode(coalesce(o.acl, acldefault(o.standard::"char", o.owner))) WITH ORDINALITY a
     WHERE o.standard IS NOT NULL
), folded AS (
    SELECT kind, name, part, grantee, grantor, is_grantable, min(ordinality) AS position,
           CASE WHEN all_of_them THEN 'ALL' ELSE privilege_type END AS privilege
      FROM granted
     GROUP BY kind, name, part, grantee, grantor, is_grantable, 8
)
SELECT o.kind, o.name, o.part, o.space, o.follows,
       pg_get_userbyid(o.owner) AS owner,
       CASE f.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(f.grantee) END AS grantee,
       f.grantee = 0 AS everybody,
       pg_get_userbyid(f.grantor) AS grantor,
       f.privilege,
       f.is_grantable AS grantable
  FROM object o
  LEFT JOIN folded f ON f.kind = o.kind AND f.name = o.name AND f.part = o.part
 ORDER BY o.kind, o.name, o.part, f.position
