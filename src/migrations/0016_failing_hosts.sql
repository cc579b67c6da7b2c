-- Hosts of callbacks that answered nothing lately. One that does answer is taken out.
CREATE TABLE failing_hosts (
  host     TEXT PRIMARY KEY,
  -- Requests in a row that nothing answered.
  failures INTEGER NOT NULL,
  -- When the next delivery may be tried, of a host that counts as dead.
  probe_at TEXT NOT NULL
) WITHOUT ROWID;
