ALTER TABLE schools ADD PRIMARY KEY (id);
ALTER TABLE classes ADD PRIMARY KEY (id);
ALTER TABLE parents ADD PRIMARY KEY (id), ADD UNIQUE (external_id);
ALTER TABLE children ADD PRIMARY KEY (id), ADD CHECK (born < DATE '2100-01-01');
ALTER TABLE guardians ADD PRIMARY KEY (child_id, parent_id);
ALTER TABLE enrolments ADD PRIMARY KEY (id), ADD UNIQUE (child_id, term);
ALTER TABLE attendance ADD PRIMARY KEY (child_id, day);
ALTER TABLE announcements ADD PRIMARY KEY (id);
ALTER TABLE messages ADD PRIMARY KEY (id);
ALTER TABLE media_items ADD PRIMARY KEY (id);
ALTER TABLE fees ADD PRIMARY KEY (id);
ALTER TABLE payments ADD PRIMARY KEY (receipt);
ALTER TABLE audit_log ADD PRIMARY KEY (id);
ALTER TABLE readings ADD PRIMARY KEY (id);
ALTER TABLE "Menu Plan" ADD PRIMARY KEY ("Week", "Day of week");

ALTER TABLE classes ADD FOREIGN KEY (school_id) REFERENCES schools;
ALTER TABLE guardians
    ADD FOREIGN KEY (child_id) REFERENCES children ON DELETE CASCADE,
    ADD FOREIGN KEY (parent_id) REFERENCES parents;
ALTER TABLE enrolments
    ADD FOREIGN KEY (child_id) REFERENCES children,
    ADD FOREIGN KEY (class_id) REFERENCES classes;
ALTER TABLE attendance ADD FOREIGN KEY (child_id) REFERENCES children;
ALTER TABLE announcements ADD FOREIGN KEY (school_id) REFERENCES schools;
ALTER TABLE messages ADD FOREIGN KEY (parent_id) REFERENCES parents;
ALTER TABLE media_items ADD FOREIGN KEY (child_id) REFERENCES children;
ALTER TABLE fees ADD FOREIGN KEY (child_id) REFERENCES children;
ALTER TABLE payments ADD FOREIGN KEY (fee_id) REFERENCES fees DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX ON parents (email_folded);
CREATE INDEX ON messages (parent_id, sent_at DESC);
CREATE INDEX ON messages (sent_at) WHERE read_at IS NULL;
CREATE INDEX ON announcements USING gin (to_tsvector('simple', title));
CREATE INDEX ON audit_log (at);
CREATE INDEX ON attendance (day);

CREATE VIEW class_roll AS
SELECT c.id AS class_id, c.name AS class, k.id AS child_id, k.first_name, k.last_name
FROM classes c JOIN enrolments e ON e.class_id = c.id JOIN children k ON k.id = e.child_id;

SELECT setval('receipt_number_seq', max(receipt)) FROM payments;
SELECT setval(pg_get_serial_sequence('schools', 'id'), max(id)) FROM schools;
SELECT setval(pg_get_serial_sequence('classes', 'id'), max(id)) FROM classes;
SELECT setval(pg_get_serial_sequence('parents', 'id'), max(id)) FROM parents;
SELECT setval(pg_get_serial_sequence('children', 'id'), max(id)) FROM children;
SELECT setval(pg_get_serial_sequence('enrolments', 'id'), max(id)) FROM enrolments;
SELECT setval(pg_get_serial_sequence('announcements', 'id'), max(id)) FROM announcements;
SELECT setval(pg_get_serial_sequence('messages', 'id'), max(id)) FROM messages;
SELECT setval(pg_get_serial_sequence('media_items', 'id'), max(id)) FROM media_items;
SELECT setval(pg_get_serial_sequence('fees', 'id'), max(id)) FROM fees;
SELECT setval(pg_get_serial_sequence('audit_log', 'id'), max(id)) FROM audit_log;
ANALYZE;
