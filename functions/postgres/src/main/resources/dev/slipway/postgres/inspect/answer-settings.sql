-- Settings that change what a statement means or answers, as the login has them, without those that a copy carries because they are
-- the database's or a role's. The driver itself sets TimeZone and DateStyle.
SELECT name, reset_val
  FROM pg_settings
 WHERE name IN ('IntervalStyle', 'array_nulls', 'bytea_output', 'default_text_search_config', 'default_transaction_isolation',
                'search_path', 'standard_conforming_strings', 'transform_null_equals', 'xmlbinary')
   AND name NOT IN (SELECT split_part(unnest(setconfig), '=', 1)
                      FROM pg_db_role_setting s JOIN pg_database d ON d.datname = current_database()
                     WHERE s.setdatabase IN (0, d.oid) AND s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user)))
 ORDER BY 1
