-- A notice names the headline of the article that was withdrawn, unless this is 1. What was withdrawn before this could be
-- said was promised that nothing of it is left.
ALTER TABLE articles ADD COLUMN withdrawn_unnamed INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET withdrawn_unnamed = 1 WHERE withdrawn_at IS NOT NULL;

-- When the article was withdrawn whose notice an entry is; NULL for an article itself. A feed shows the latest notices alone.
ALTER TABLE entries ADD COLUMN notice_at TEXT;
UPDATE entries SET notice_at = (SELECT withdrawn_at FROM articles a WHERE a.id = article_id);
