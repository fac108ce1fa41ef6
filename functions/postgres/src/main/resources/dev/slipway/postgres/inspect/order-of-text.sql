-- How the database really sorts, whatever it calls that.
SELECT string_agg(word, ' ' ORDER BY word COLLATE "default", word COLLATE "C")
  FROM (VALUES ('a'), ('B'), ('b'), ('A'), ('_'), ('a b'), ('a-b'), ('ab'), ('a_b'), ('A b'), ('Z'), ('10'), ('9')) probe (word)
