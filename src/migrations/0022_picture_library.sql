-- The desk's library of pictures: what was last said of each, and which stories use it.

CREATE TABLE library (
  sha256 TEXT PRIMARY KEY,
  -- When it was sent. Of pictures from before this table: when the first article with it was published.
  added_at TEXT NOT NULL,
  alt TEXT NOT NULL DEFAULT '',
  caption TEXT NOT NULL DEFAULT '',
  credit TEXT NOT NULL DEFAULT '',
  copyright TEXT NOT NULL DEFAULT '',
  -- All of them for the search: lower case, without accents.
  words TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX library_by_addition ON library (added_at, sha256);

-- The pictures in the newest revision of each story.
CREATE TABLE story_media (
  sha256 TEXT NOT NULL,
  story TEXT NOT NULL,
  PRIMARY KEY (sha256, story)
) WITHOUT ROWID;
CREATE INDEX story_media_by_story ON story_media (story);

INSERT INTO library (sha256, added_at)
  SELECT m.sha256, min(a.published) FROM article_media m JOIN articles a ON a.id = m.article_id GROUP BY m.sha256;
UPDATE library SET alt = said.alt, caption = said.caption, credit = said.credit, copyright = said.copyright,
    words = lower(said.alt || ' ' || said.caption || ' ' || said.credit || ' ' || said.copyright)
  FROM (
    SELECT substr(value->>'src', 8, 64) AS sha256, coalesce(value->>'alt', '') AS alt,
      coalesce(value->>'caption', '') AS caption, coalesce(value->>'copyright', '') AS copyright,
      coalesce(iif(json_type(value, '$.credit') = 'object', value->>'$.credit.name', value->>'credit'), '') AS credit
    FROM articles, json_each(articles.model, '$.images') WHERE value->>'src' LIKE '/media/%'
  ) AS said
  WHERE said.sha256 = library.sha256;
