-- The roles that the database's objects, grants, policies and settings mention, and who is a member of these; not the predefined ones.
WITH RECURSIVE here AS (
    SELECT oid FROM pg_database WHERE datname = current_database()
), mentioned AS (
    SELECT d.refobjid AS oid
      FROM pg_shdepend d, here
     WHERE d.refclassid = 'pg_authid'::regclass
       AND (d.dbid = here.oid OR d.classid = 'pg_database'::regclass AND d.objid = here.oid AND d.deptype <> 'o')
    UNION
    SELECT s.setrole FROM pg_db_role_setting s, here WHERE s.setdatabase = here.oid
    UNION
    -- A superuser that initdb made is in no list of dependencies.
    SELECT c.relowner FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'slipway'
), wanted AS (
    SELECT oid FROM mentioned
    UNION
    SELECT m.member
      FROM pg_auth_members m
      JOIN wanted w ON w.oid = m.roleid
      JOIN pg_roles r ON r.oid = m.roleid AND NOT r.rolsuper AND r.rolname !~ '^pg_'
)
SELECT r.rolname AS name, r.rolsuper AS superuser, r.rolcanlogin AS login, r.rolinherit AS inherit, r.rolcreatedb AS createdb,
       r.rolcreaterole AS createrole, r.rolreplication AS replication, r.rolbypassrls AS bypassrls, r.rolconnlimit AS connections,
       coalesce(r.rolvaliduntil::text, '') AS until, coalesce(shobj_description(r.oid, 'pg_authid'), '') AS comment,
       ARRAY(SELECT setting FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS setting
              WHERE s.setrole = r.oid AND s.setdatabase = 0) AS settings
  FROM wanted w
  JOIN pg_roles r ON r.oid = w.oid
 WHERE r.rolname !~ '^pg_'
 ORDER BY r.oid
