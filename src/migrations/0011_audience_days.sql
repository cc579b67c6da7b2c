-- On how many days a service has said how many subscribers a document has. What was noted before this counted already, so it
-- stands as if it had come twice.
ALTER TABLE audience ADD COLUMN days INTEGER NOT NULL DEFAULT 2;
