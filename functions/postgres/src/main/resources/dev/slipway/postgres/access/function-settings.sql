-- What functions set while they run.
SELECT p.oid::regprocedure::text AS name, split_part(setting, '=', 1) AS setting
  FROM pg_proc p
 CROSS JOIN unnest(p.proconfig) AS setting
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
 ORDER BY 1, 2
