-- Links that show a preview of one revision to somebody outside.

CREATE TABLE preview_links (
  id INTEGER PRIMARY KEY,
  -- The SHA-256 of the link's secret, which is stored nowhere.
  hash TEXT NOT NULL UNIQUE,
  story TEXT NOT NULL,
  revision INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  expires TEXT NOT NULL,
  -- When somebody at the desk ended it early.
  revoked_at TEXT
);
CREATE INDEX preview_links_by_story ON preview_links (story, id);
CREATE INDEX preview_links_by_end ON preview_links (expires);
