-- The session's own role, and what it may do.
SELECT r.rolname AS name, r.rolsuper AS superuser, r.rolcreaterole AS createrole, r.rolcreatedb AS createdb, r.rolbypassrls AS bypassrls,
       pg_has_role(d.datdba, 'USAGE') AS owner,
       NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'public' AND NOT pg_has_role(nspowner, 'USAGE')) AS public
  FROM pg_roles r, pg_database d
 WHERE r.rolname = current_user AND d.datname = current_database()
