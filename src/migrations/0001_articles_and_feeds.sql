-- Articles, the entries rendered from them, where they appear, and the documents made of them.
-- Instants are RFC 3339 text in UTC with whole seconds: they sort as text.

-- The system of record. `model` is a StoredArticle (src/article/article.ts) as JSON.
CREATE TABLE articles (
  id            TEXT PRIMARY KEY,
  slug          TEXT NOT NULL UNIQUE,
  version       INTEGER NOT NULL,
  published     TEXT NOT NULL,
  expires       TEXT,
  model         TEXT NOT NULL,
  -- SHA-256 of the request body that stored it, lower-case hex.
  digest        TEXT NOT NULL,
  -- What its entries were rendered with: settings and renderer. Another one means: render again.
  fingerprint   TEXT NOT NULL,
  -- Why it could not be rendered with `fingerprint`; its entries are then older than that.
  problem       TEXT,
  withdrawn_at  TEXT,
  withdrawn_why TEXT
);
CREATE INDEX articles_by_fingerprint ON articles (fingerprint, published DESC, id);
CREATE INDEX articles_with_problem ON articles (slug) WHERE problem IS NOT NULL;

-- One row a version. The key makes the whole batch of a concurrent writer fail.
CREATE TABLE versions (
  article_id TEXT NOT NULL,
  version    INTEGER NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (article_id, version)
) WITHOUT ROWID;

-- Every slug that an article has or had. One it had redirects.
CREATE TABLE slugs (
  slug       TEXT PRIMARY KEY,
  article_id TEXT NOT NULL
) WITHOUT ROWID;

-- The one global sequence: every change of an entry takes the next number.
CREATE TABLE sequence (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seq  INTEGER NOT NULL
);
INSERT INTO sequence (only, seq) VALUES (1, 0);

-- An article in one wire format. TEXT: D1 returns BLOBs as arrays of numbers.
CREATE TABLE entries (
  article_id TEXT NOT NULL,
  format     TEXT NOT NULL,
  -- 0 until its minute: what is scheduled must not be told by a number, and a release is news.
  seq        INTEGER NOT NULL,
  -- The date that the entry shows as its latest.
  dated      TEXT NOT NULL,
  -- When the newsroom has it leave; its feed must then not be served stale.
  expires    TEXT,
  -- SHA-256 of `body`: a document's hash is made of these, not of all its bytes.
  hash       TEXT NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (article_id, format)
);

CREATE INDEX entries_unreleased ON entries (article_id) WHERE seq = 0;

-- Which feeds (`term`) an article is in, and from when to when. Read in this order, so no sort is needed.
CREATE TABLE article_terms (
  term         TEXT NOT NULL,
  published    TEXT NOT NULL,
  article_id   TEXT NOT NULL,
  visible_from TEXT NOT NULL,
  expires_at   TEXT,
  PRIMARY KEY (term, published DESC, article_id)
) WITHOUT ROWID;
CREATE INDEX article_terms_by_article ON article_terms (article_id);
CREATE INDEX article_terms_by_release ON article_terms (term, visible_from);
CREATE INDEX article_terms_by_expiry ON article_terms (term, expires_at) WHERE expires_at IS NOT NULL;

-- Withdrawn articles, per feed that they were in: shown from `visible_from`, when their notice goes.
CREATE TABLE tombstones (
  term         TEXT NOT NULL,
  published    TEXT NOT NULL,
  article_id   TEXT NOT NULL,
  at           TEXT NOT NULL,
  -- 0 until it is visible, like that of an entry.
  seq          INTEGER NOT NULL,
  visible_from TEXT NOT NULL,
  PRIMARY KEY (term, published DESC, article_id)
) WITHOUT ROWID;
CREATE INDEX tombstones_unreleased ON tombstones (visible_from) WHERE seq = 0;
CREATE INDEX tombstones_by_article ON tombstones (article_id);
CREATE INDEX tombstones_by_release ON tombstones (term, visible_from);

-- Image bytes held in R2, named by their SHA-256. A killed one keeps its row, so that it can't come back.
CREATE TABLE media (
  sha256    TEXT PRIMARY KEY,
  type      TEXT NOT NULL,
  width     INTEGER NOT NULL,
  height    INTEGER NOT NULL,
  length    INTEGER NOT NULL,
  killed_at TEXT
) WITHOUT ROWID;

CREATE TABLE article_media (
  sha256     TEXT NOT NULL,
  article_id TEXT NOT NULL,
  PRIMARY KEY (sha256, article_id)
) WITHOUT ROWID;
CREATE INDEX article_media_by_article ON article_media (article_id);

-- One row a document. `mark` counts the changes that made it stale; `stale_since` is the first that is not built in yet.
CREATE TABLE feeds (
  feed           TEXT NOT NULL,
  format         TEXT NOT NULL,
  mark           INTEGER NOT NULL DEFAULT 0,
  stale_since    TEXT,
  version        INTEGER NOT NULL DEFAULT 0,
  -- The version that KV holds for certain; lower than `version` after a failed put.
  cached_version INTEGER NOT NULL DEFAULT 0,
  built_hash     TEXT,
  etag           TEXT,
  fingerprint    TEXT,
  changed_at     TEXT,
  built_at       TEXT,
  next_change    TEXT,
  items          INTEGER NOT NULL DEFAULT 0,
  bytes          INTEGER NOT NULL DEFAULT 0,
  last_error     TEXT,
  PRIMARY KEY (feed, format)
) WITHOUT ROWID;
CREATE INDEX feeds_by_staleness ON feeds (stale_since) WHERE stale_since IS NOT NULL;
CREATE INDEX feeds_by_next_change ON feeds (next_change) WHERE next_change IS NOT NULL;
