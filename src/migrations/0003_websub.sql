-- The WebSub hub: who is subscribed, who is being asked whether they mean it, and what is still to be sent.
-- A topic is a document; its address follows from `feed` and `format`. Ids are never used twice: messages carry them.

-- Subscriptions that their subscribers confirmed.
CREATE TABLE subscriptions (
  feed     TEXT NOT NULL,
  format   TEXT NOT NULL,
  callback TEXT NOT NULL,
  -- The callback's host without its port: what limits are counted by.
  host     TEXT NOT NULL,
  secret   TEXT,
  expires  TEXT NOT NULL,
  -- Deliveries that failed for a day and were given up.
  given_up INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (feed, format, callback)
) WITHOUT ROWID;
CREATE INDEX subscriptions_by_host ON subscriptions (host);
CREATE INDEX subscriptions_by_expiry ON subscriptions (expires);

-- What subscribers asked for and haven't confirmed; a newer request for the same takes its place. Always a few rows.
CREATE TABLE verifications (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  feed          TEXT NOT NULL,
  format        TEXT NOT NULL,
  callback      TEXT NOT NULL,
  host          TEXT NOT NULL,
  mode          TEXT NOT NULL,
  lease_seconds INTEGER NOT NULL,
  secret        TEXT,
  asked_at      TEXT NOT NULL,
  -- When cron is to ask for it again, should its message have been lost.
  next_at       TEXT NOT NULL,
  UNIQUE (feed, format, callback)
);

-- Versions of documents on their way, at most one a subscription. Also those that an outside hub is to be told of.
CREATE TABLE deliveries (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  feed     TEXT NOT NULL,
  format   TEXT NOT NULL,
  callback TEXT NOT NULL,
  version  INTEGER NOT NULL,
  -- Since when nothing has arrived.
  since    TEXT NOT NULL,
  -- When it is to be sent; while it is queued or under way, when that must have failed.
  next_at  TEXT NOT NULL,
  -- Times that this version was sent.
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (feed, format, callback)
);
CREATE INDEX deliveries_by_time ON deliveries (next_at);

-- The last version that subscribers were told of.
ALTER TABLE feeds ADD COLUMN announced_version INTEGER NOT NULL DEFAULT 0;
UPDATE feeds SET announced_version = version;
