-- What has been granted on, or taken from, objects of the server's own and of extensions, since they were made. What the schema
-- information_schema was made with is noted nowhere; pg_dump passes it over, too.
WITH object (kind, name, part, classid, objid, objsubid, owner, acl, standard) AS (
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass::text, '', 'pg_class'::regclass::oid, c.oid, 0, relowner, relacl,
           CASE relkind WHEN 'S' THEN 's' ELSE 'r' END
      FROM pg_class c
     WHERE relacl IS NOT NULL AND relnamespace <> 'information_schema'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'COLUMN', a.attrelid::regclass::text, quote_ident(a.attname), 'pg_class'::regclass, a.attrelid, a.attnum, c.relowner, attacl, 'c'
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
     WHERE attacl IS NOT NULL AND c.relnamespace <> 'information_schema'::regnamespace
    UNION ALL
    SELECT 'ROUTINE', oid::regprocedure::text, '', 'pg_proc'::regclass, oid, 0, proowner, proacl, 'f' FROM pg_proc WHERE proacl IS NOT NULL
    UNION ALL
    SELECT 'TYPE', oid::regtype::text, '', 'pg_type'::regclass, oid, 0, typowner, typacl, 'T' FROM pg_type WHERE typacl IS NOT NULL
    UNION ALL
    SELECT 'SCHEMA', quote_ident(nspname), '', 'pg_namespace'::regclass, oid, 0, nspowner, nspacl, 'n'
      FROM pg_namespace
     WHERE nspacl IS NOT NULL AND nspname NOT IN ('public', 'information_schema') AND nspname !~ '^pg_(temp|toast)'
    UNION ALL
    SELECT 'LANGUAGE', quote_ident(lanname), '', 'pg_language'::regclass, oid, 0, lanowner, lanacl, 'l' FROM pg_language WHERE lanacl IS NOT NULL
    UNION ALL
    SELECT 'FOREIGN DATA WRAPPER', quote_ident(fdwname), '', 'pg_foreign_data_wrapper'::regclass, oid, 0, fdwowner, fdwacl, 'F'
      FROM pg_foreign_data_wrapper
     WHERE fdwacl IS NOT NULL
), changed AS (
    SELECT o.*, i.initprivs
      FROM object o
      LEFT JOIN pg_init_privs i ON i.classoid = o.classid AND i.objoid = o.objid AND i.objsubid = o.objsubid
     WHERE o.acl IS DISTINCT FROM i.initprivs
       AND (o.objid < 16384
            OR EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = o.classid AND d.objid = o.objid AND d.deptype = 'e'))
), now AS (
    SELECT c.kind, c.name, c.part, a.grantee, a.privilege_type, a.is_grantable FROM changed c CROSS JOIN LATERAL aclexplode(c.acl) a
), before AS (
    SELECT c.kind, c.name, c.part, a.grantee, a.privilege_type, a.is_grantable
      FROM changed c
     CROSS JOIN LATERAL aclexplode(coalesce(c.initprivs, acldefault(c.standard::"char", c.owner))) a
), difference AS (
    SELECT 'GRANT' AS change, g.* FROM (SELECT * FROM now EXCEPT SELECT * FROM before) g
    UNION ALL
    SELECT 'REVOKE', g.* FROM (SELECT * FROM before EXCEPT SELECT * FROM now) g
)
SELECT change, kind, name, part, grantee = 0 AS everybody, CASE grantee WHEN 0 THEN '' ELSE pg_get_userbyid(grantee) END AS grantee,
       privilege_type AS privilege, is_grantable AS grantable
  FROM difference
 ORDER BY change DESC, kind, name, part, grantee, privilege_type
