-- Where an article is kept, and who sent what is stored of it. All are NULL for what was stored before this.

-- `git` or `api`: what `wireroom publish` sends from a folder, or what something else sends to the API.
ALTER TABLE articles ADD COLUMN home TEXT;
-- The version that holds what git last sent. A lower one than `version`: somebody else has changed the article since.
ALTER TABLE articles ADD COLUMN git_version INTEGER;
-- When a PUT last changed the text, and who that was, as far as they said.
ALTER TABLE articles ADD COLUMN sent_at TEXT;
ALTER TABLE articles ADD COLUMN sent_by TEXT;

-- The addresses of an article go to another one that it was a double of.
CREATE INDEX slugs_by_article ON slugs (article_id);
