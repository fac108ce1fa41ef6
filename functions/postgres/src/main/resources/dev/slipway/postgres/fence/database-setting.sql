-- What ALTER DATABASE ... SET default_transaction_read_only says, if anything.
SELECT substr(setting, length('default_transaction_read_only=') + 1) AS value
  FROM pg_db_role_setting s
  JOIN pg_database d ON d.oid = s.setdatabase
 CROSS JOIN unnest(s.setconfig) AS setting
 WHERE d.datname = current_database()
   AND s.setrole = 0
   AND setting LIKE 'default\_transaction\_read\_only=%'
