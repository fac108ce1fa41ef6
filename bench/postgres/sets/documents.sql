-- A wide table of texts and jsonb with a GIN index: at :size 1 600,000 rows and some 250 MB.
CREATE TABLE documents (
    id bigint NOT NULL,
    title text NOT NULL,
    author text NOT NULL,
    language text,
    status text NOT NULL,
    summary text,
    url text,
    checksum text NOT NULL,
    version integer NOT NULL,
    price numeric(10, 2),
    created timestamptz NOT NULL,
    changed timestamptz,
    attributes jsonb NOT NULL
);
INSERT INTO documents
SELECT i,
       'Document ' || i || ' about ' || left(md5('title' || i), 12),
       'author-' || i % 5003,
       CASE WHEN i % 7 > 0 THEN (ARRAY['en', 'de', 'fr', 'es', 'zh', 'ar'])[i % 6 + 1] END,
       (ARRAY['draft', 'review', 'published', 'withdrawn'])[i % 4 + 1],
       CASE WHEN i % 11 > 0 THEN repeat(md5('summary' || i) || E' "quoted"\t\\', 2) END,
       'https://example.org/documents/' || md5('url' || i),
       md5('checksum' || i),
       i % 17,
       CASE WHEN i % 5 > 0 THEN (i % 100000) / 100.0 END,
       timestamptz '2020-01-01 00:00+00' + i * interval '37 seconds',
       CASE WHEN i % 3 > 0 THEN timestamptz '2024-01-01 00:00+00' + i * interval '11 seconds' END,
       jsonb_build_object(
           'kind', 'kind-' || i % 23,
           'owner', 'owner-' || i % 1009,
           'tags', jsonb_build_array('tag-' || i % 97, 'tag-' || i % 89, 'tag-' || i % 83),
           'score', i % 1000,
           'reference', left(md5('reference' || i), 10))
  FROM generate_series(1, greatest(1, round(600000 * :size))::bigint) AS i;
ALTER TABLE documents ADD PRIMARY KEY (id);
CREATE INDEX documents_attributes ON documents USING gin (attributes);
