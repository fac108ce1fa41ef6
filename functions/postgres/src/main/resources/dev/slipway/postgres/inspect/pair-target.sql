-- What a target allows, offers or lacks: topic and name.
SELECT 'lacks' AS topic, 'CREATE on the database' AS name FROM here WHERE NOT has_database_privilege(here.oid, 'CREATE')
UNION ALL
SELECT 'lacks in public', 'CREATE on the schema public'
 WHERE to_regnamespace('public') IS NULL OR NOT has_schema_privilege('public', 'CREATE')
UNION ALL
SELECT 'standby', '' WHERE pg_is_in_recovery()
UNION ALL
-- There the provider lets this role make more extensions than the server itself would.
SELECT 'managed', rolname FROM pg_roles WHERE rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'azure_pg_admin')
UNION ALL
SELECT 'refused extension', e.name
  FROM pg_available_extensions e
  JOIN pg_available_extension_versions v ON v.name = e.name AND v.version = e.default_version
 CROSS JOIN me
 WHERE e.installed_version IS NULL AND v.superuser AND NOT v.trusted AND NOT me.rolsuper
UNION ALL
SELECT 'collation', c.collname
  FROM pg_collation c, here
 WHERE c.collnamespace = 'pg_catalog'::regnamespace AND c.collencoding IN (-1, here.encoding)
