-- What takes room in D1 and is never read.

-- An article becomes visible when it is published: the key has the order.
DROP INDEX article_terms_by_release;

-- Of the versions between an article's first and its last nobody asks. Cron deletes new ones.
DELETE FROM versions WHERE version > 1 AND version < (SELECT a.version FROM articles a WHERE a.id = article_id);
