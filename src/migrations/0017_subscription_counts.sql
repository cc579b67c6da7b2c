-- How many subscriptions a callback's host has, and all of them by the host ''. Each new one is added; those that ended are
-- taken off when all is counted, once an hour.
CREATE TABLE subscription_counts (
  host          TEXT PRIMARY KEY,
  subscriptions INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO subscription_counts SELECT host, count(*) FROM subscriptions GROUP BY host UNION ALL SELECT '', count(*) FROM subscriptions;
