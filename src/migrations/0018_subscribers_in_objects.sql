-- Subscriptions and their deliveries stand in the object of their feed. Those that are here move there by themselves: as their
-- feed is built, or as cron comes by.

-- What a feed's object says of its subscribers, and when cron is to ask it to go on if it hasn't done by then what it has to.
ALTER TABLE feeds ADD COLUMN subscribers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN push_at TEXT;
CREATE INDEX feeds_by_push ON feeds (push_at) WHERE push_at IS NOT NULL;

-- How many subscriptions a callback's host has in a feed, for `subscription_counts`.
CREATE TABLE subscriber_hosts (
  feed          TEXT NOT NULL,
  host          TEXT NOT NULL,
  subscriptions INTEGER NOT NULL,
  PRIMARY KEY (feed, host)
) WITHOUT ROWID;
INSERT INTO subscriber_hosts SELECT feed, host, count(*) FROM subscriptions GROUP BY feed, host;
