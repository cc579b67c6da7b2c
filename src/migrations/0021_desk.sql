-- The desk: people, their sessions, working copies of articles with every revision, and what was done.

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- `reporter`, `editor` or `admin`.
  role TEXT NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

-- Links that sign a person in once. Only the SHA-256 of each is kept, as of the cookie of each session.
CREATE TABLE sign_in_links (
  hash TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  expires TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX sign_in_links_by_end ON sign_in_links (expires);
CREATE INDEX sign_in_links_by_person ON sign_in_links (person);

CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  created_at TEXT NOT NULL,
  -- When it was last used, to the minute.
  seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person);
CREATE INDEX sessions_by_use ON sessions (seen_at);

-- A story is the working copy of one article.
CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  -- The slug that its article has, or is to have.
  slug TEXT,
  -- The newest revision.
  head INTEGER NOT NULL,
  -- Headline of the newest revision, for lists.
  headline TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  -- The revision that was last published, and the article's version that holds it.
  live INTEGER,
  live_version INTEGER,
  -- When its article came out, or is to.
  published TEXT,
  -- The revision that is about to be published: when, for which minute, and by whom. `due_claimed` once it can't be undone.
  due INTEGER,
  due_at TEXT,
  due_published TEXT,
  due_by TEXT,
  due_claimed INTEGER NOT NULL DEFAULT 0,
  -- Why the last attempt to publish failed, as JSON: a list of problems.
  problems TEXT
) WITHOUT ROWID;
CREATE INDEX stories_by_change ON stories (changed_at, id);
CREATE INDEX stories_by_slug ON stories (slug) WHERE slug IS NOT NULL;
CREATE INDEX stories_due ON stories (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE revisions (
  story TEXT NOT NULL,
  number INTEGER NOT NULL,
  -- The slug that its article was to have; NULL: made from the headline.
  slug TEXT,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  -- 1 for one that somebody has put another text in place of: it is never thinned out.
  kept INTEGER NOT NULL DEFAULT 0,
  -- The article as it was typed, as JSON: fields of `PUT /api/articles/{slug}`, none of which must be there. Last in
  -- the row, so that a list of revisions doesn't read the texts.
  model TEXT NOT NULL,
  PRIMARY KEY (story, number)
) WITHOUT ROWID;

-- What was wrong with articles that were out. Beside the revisions, so that no save loses one.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  story TEXT NOT NULL,
  -- When it comes out, or came out; NULL where that was undone, and its text waits in the form.
  at TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  -- 1 once an article with it was published.
  is_out INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX corrections_by_story ON corrections (story, id);

CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  -- `created`, `publish`, `correct`, `undone`, `published`, `failed`, `withdrawn`, `invited`, `signed-in`.
  act TEXT NOT NULL,
  story TEXT,
  revision INTEGER
);
CREATE INDEX journal_by_story ON journal (story, id);
