-- What ALTER DATABASE SET and ALTER ROLE IN DATABASE SET say; the fence's own is not the app's.
SELECT pg_get_userbyid(nullif(s.setrole, 0)) AS role,
       split_part(setting, '=', 1) AS name,
       substr(setting, strpos(setting, '=') + 1) AS value
  FROM pg_db_role_setting s
  JOIN pg_database d ON d.oid = s.setdatabase
 CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS entry (setting, position)
 WHERE d.datname = current_database()
   AND NOT (s.setrole = 0 AND split_part(setting, '=', 1) = 'default_transaction_read_only')
 ORDER BY 1 NULLS FIRST, entry.position
