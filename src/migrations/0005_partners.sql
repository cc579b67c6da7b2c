-- Partners: their policies and tokens, what their feeds hold, what they were served, and what is pushed to them.
-- A partner's document is a row of `feeds`: feed `partner/{id}`, format `partner`.

CREATE TABLE partners (
  id         TEXT PRIMARY KEY,
  -- A Policy (src/partners/policy.ts) as JSON.
  policy     TEXT NOT NULL,
  -- SHA-256 of `policy`, lower-case hex: what items made under another one are told by.
  digest     TEXT NOT NULL,
  -- Which secret of the webhook's is signed with, and since when; the one before it goes along for a while.
  generation INTEGER NOT NULL DEFAULT 1,
  rotated_at TEXT,
  -- Why and when the webhook was switched off (410); NULL while it is on.
  push_off   TEXT
) WITHOUT ROWID;

-- Credentials. Two at most, so that one can take the place of the other.
CREATE TABLE partner_tokens (
  partner TEXT NOT NULL,
  -- SHA-256 of the token, lower-case hex; its first eight digits are its name.
  hash    TEXT NOT NULL,
  made_at TEXT NOT NULL,
  PRIMARY KEY (partner, hash)
) WITHOUT ROWID;

-- An article as a partner gets it, made once; or why they don't. Of what is no longer in the feed nothing is kept.
CREATE TABLE partner_items (
  partner    TEXT NOT NULL,
  article_id TEXT NOT NULL,
  -- What it was made from: the article's version, the policy, the settings.
  made_of    TEXT NOT NULL,
  -- The entry in the partner's format; empty for one that is left out.
  body       TEXT NOT NULL,
  -- SHA-256 of `body`, lower-case hex.
  hash       TEXT NOT NULL,
  -- The date that it shows as its latest.
  dated      TEXT NOT NULL,
  -- JSON list of problems: those that keep it out, else those that somebody should know of.
  problems   TEXT NOT NULL,
  PRIMARY KEY (partner, article_id)
) WITHOUT ROWID;

-- The ledger: which version of the partner's feed first held which version of an article, or first said that it is gone.
-- A row a change, never one a poll.
CREATE TABLE partner_versions (
  partner      TEXT NOT NULL,
  article_id   TEXT NOT NULL,
  -- The article's.
  version      INTEGER NOT NULL,
  -- One of EVENTS (src/partners/policy.ts).
  event        TEXT NOT NULL,
  -- How many corrections that version of the article had.
  corrections  INTEGER NOT NULL,
  feed_version INTEGER NOT NULL,
  at           TEXT NOT NULL,
  PRIMARY KEY (partner, article_id, version, event)
) WITHOUT ROWID;
CREATE INDEX partner_versions_by_article ON partner_versions (article_id);

-- The ledger's other half: what was fetched in a minute, and which version of the feed the last answer was of.
CREATE TABLE partner_fetches (
  partner TEXT NOT NULL,
  -- Its first second.
  minute  TEXT NOT NULL,
  -- The highest version that a 200 sent or a 304 confirmed; 0 for none.
  version INTEGER NOT NULL,
  -- HTTP status of the last one.
  status  INTEGER NOT NULL,
  fetches INTEGER NOT NULL,
  -- Bodies as they were sent, compressed or not.
  bytes   INTEGER NOT NULL,
  PRIMARY KEY (partner, minute)
) WITHOUT ROWID;
CREATE INDEX partner_fetches_by_version ON partner_fetches (partner, version, minute);

-- Pictures made from others for partners; their bytes are in R2 under their own hash, their facts in `media`.
CREATE TABLE renditions (
  -- SHA-256 of the picture it was made from, lower-case hex.
  source  TEXT NOT NULL,
  -- What was asked for: `w1280 image/jpeg <=14000000 >=w720`.
  wanted  TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  PRIMARY KEY (source, wanted)
) WITHOUT ROWID;

-- What is to be told to partners' servers. Delivered rows stay some days, dead ones until somebody deals with them.
CREATE TABLE webhooks (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  partner      TEXT NOT NULL,
  article_id   TEXT NOT NULL,
  version      INTEGER NOT NULL,
  event        TEXT NOT NULL,
  -- The article's canonical page.
  url          TEXT NOT NULL,
  -- When it happened.
  at           TEXT NOT NULL,
  -- When it is to be sent; while it is queued or under way, when that must have failed. NULL once it is delivered or dead.
  next_at      TEXT,
  attempts     INTEGER NOT NULL DEFAULT 0,
  -- When it was first tried; moves when somebody has it sent again.
  since        TEXT NOT NULL,
  -- What the partner's server last said, in a few words.
  answer       TEXT,
  delivered_at TEXT,
  state        TEXT GENERATED ALWAYS AS (
    CASE WHEN delivered_at IS NOT NULL THEN 'delivered' WHEN next_at IS NULL THEN 'dead' ELSE 'waiting' END) VIRTUAL,
  UNIQUE (partner, article_id, version, event)
);
CREATE INDEX webhooks_by_state ON webhooks (state, partner, next_at);
CREATE INDEX webhooks_delivered ON webhooks (delivered_at) WHERE delivered_at IS NOT NULL;

-- Partners get scheduled and withdrawn articles too, which `article_terms` may not have.
CREATE INDEX articles_by_time ON articles (published DESC, id);
CREATE INDEX versions_by_time ON versions (at) WHERE version > 1;
