-- Partners at the desk: who changed what of them, when a token was last used, what no partner has fetched.

-- The partner that an act was about: `policy`, `removed`, `token-made`, `token-revoked`, `secret-made`, `webhook-on`,
-- `sent-again`.
ALTER TABLE journal ADD COLUMN partner TEXT;

-- The minute in which a request with it was last answered; NULL: never, or before this was recorded.
ALTER TABLE partner_tokens ADD COLUMN used_at TEXT;

-- What is newer than a partner's last fetch.
CREATE INDEX partner_versions_by_feed_version ON partner_versions (partner, feed_version);
