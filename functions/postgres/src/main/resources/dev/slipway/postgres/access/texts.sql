-- How the database keeps text: its encoding, and what orders it. Columns that came later are read through JSON.
SELECT pg_encoding_to_char(d.encoding) AS encoding,
       concat_ws(' ',
                 CASE to_jsonb(d) ->> 'datlocprovider' WHEN 'i' THEN 'ICU' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                 coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate),
                 'version ' || (to_jsonb(d) ->> 'datcollversion')) AS "order"
  FROM pg_database d
 WHERE d.datname = current_database()
