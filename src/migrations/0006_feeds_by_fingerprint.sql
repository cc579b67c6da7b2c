-- Every minute cron asks which documents were built with other settings: nearly always none, of thousands.
CREATE INDEX feeds_by_fingerprint ON feeds (fingerprint);
