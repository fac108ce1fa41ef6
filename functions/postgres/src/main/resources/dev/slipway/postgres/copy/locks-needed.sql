-- How many locks a transaction holds that makes the schema.
SELECT count(*) + count(*) FILTER (WHERE reltoastrelid <> 0) FROM relation WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
