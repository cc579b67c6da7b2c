-- Feeds of sections, tags and authors, and the site's archive (RFC 5005).

-- In the order in which articles came out. It never changes again, so a page of the archive that is full stays as it is.
CREATE TABLE archive (
  position   INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL UNIQUE
);

-- A tag as the article writes it: the term is its slug.
ALTER TABLE article_terms ADD COLUMN label TEXT;

-- What a feed shows of an entry to a person who opens it in a browser: an item of a list, as XHTML. Empty until it is
-- rendered again.
ALTER TABLE entries ADD COLUMN headline TEXT NOT NULL DEFAULT '';

-- The last day (UTC) on which a document is kept built, marked stale and held in KV. Those that always are have the last
-- day there is; the others have it put off when somebody asks for them, and NULL until somebody does.
ALTER TABLE feeds ADD COLUMN kept_until TEXT;
UPDATE feeds SET kept_until = '9999-12-31';

INSERT INTO archive (article_id)
SELECT article_id FROM article_terms
WHERE term = 'site' AND visible_from <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
ORDER BY published, article_id;

INSERT INTO article_terms (term, published, article_id, visible_from, expires_at)
SELECT 'archive/' || ((a.position + 99) / 100), t.published, t.article_id, t.visible_from, t.expires_at
FROM archive a JOIN article_terms t ON t.article_id = a.article_id AND t.term = 'site';

INSERT INTO feeds (feed, format, kept_until)
SELECT DISTINCT t.term, f.value, iif(t.term LIKE 'section/%', '9999-12-31', NULL) FROM article_terms t, json_each('["rss","atom","json"]') f
WHERE t.term NOT LIKE 'archive/%' AND t.visible_from <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
ON CONFLICT DO NOTHING;
