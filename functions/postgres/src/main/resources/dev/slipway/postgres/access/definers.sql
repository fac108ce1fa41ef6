-- Functions that run with the rights of their owner, where that is a superuser.
SELECT p.oid::regprocedure::text AS name, r.rolname AS owner
  FROM pg_proc p
  JOIN pg_roles r ON r.oid = p.proowner AND r.rolsuper
 WHERE p.prosecdef
   AND p.oid >= 16384
   AND p.pronamespace::regnamespace::text <> 'slipway'
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
 ORDER BY 1
