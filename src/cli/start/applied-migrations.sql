-- Which migrations a local database has had, in wrangler's own table, so that wrangler can go on from there. Three statements,
-- read by cli/start/migrate.ts: make the table, list its rows, add one.
CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);
SELECT name FROM d1_migrations;
INSERT INTO d1_migrations (name) VALUES (?);
