-- Sessions of somebody else in this database that the current role may end.
SELECT pid
  FROM pg_stat_activity a
 WHERE datname = current_database()
   AND backend_type = 'client backend'
   AND pid <> pg_backend_pid()
   AND application_name <> 'slipway'
   AND (pg_has_role(usesysid, 'USAGE') OR pg_has_role('pg_signal_backend', 'USAGE'))
   AND (current_setting('is_superuser') = 'on'
        OR NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.oid = a.usesysid AND r.rolsuper))
