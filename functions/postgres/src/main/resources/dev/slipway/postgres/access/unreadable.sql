-- What the session's role may not read in full of what a copy reads: relations by name, and why.
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       CASE WHEN NOT has_schema_privilege(n.oid, 'USAGE') THEN 'USAGE on its schema'
            WHEN c.relkind = 'S' THEN 'SELECT on the sequence'
            WHEN NOT has_table_privilege(c.oid, 'SELECT') THEN 'SELECT on it'
            ELSE 'BYPASSRLS, because its row-level security would hide rows'
       END AS lacks
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN (SELECT rolsuper OR rolbypassrls AS sees_all FROM pg_roles WHERE rolname = current_user) me
 WHERE c.relkind IN ('r', 'p', 'm', 'S')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname NOT IN ('information_schema', 'slipway')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
   AND (NOT has_schema_privilege(n.oid, 'USAGE')
        OR c.relkind = 'S' AND NOT has_sequence_privilege(c.oid, 'SELECT')
        OR c.relkind <> 'S' AND NOT has_table_privilege(c.oid, 'SELECT')
        OR c.relrowsecurity AND NOT me.sees_all AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE')))
 ORDER BY 1
