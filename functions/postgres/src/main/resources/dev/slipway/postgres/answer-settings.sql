-- Settings that change what a statement means or answers, as the login has them. The driver itself sets TimeZone and DateStyle.
SELECT name, reset_val
  FROM pg_settings
 WHERE name IN ('IntervalStyle', 'array_nulls', 'bytea_output', 'default_text_search_config', 'default_transaction_isolation',
                'search_path', 'standard_conforming_strings', 'transform_null_equals', 'xmlbinary')
 ORDER BY 1
