-- What the app's role has set for all databases and for this one: a session takes only what its login has.
SELECT split_part(setting, '=', 1) AS name,
       substr(setting, strpos(setting, '=') + 1) AS value
  FROM pg_db_role_setting s
 CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS entry (setting, position)
 WHERE s.setrole = ?::regrole
   AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
 ORDER BY s.setdatabase, entry.position
