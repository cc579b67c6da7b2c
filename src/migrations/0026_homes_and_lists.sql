-- Articles that the desk takes over and gives back, the list of stories with its search, and who has a story open.

-- The SHA-256 of what a content folder has of the article, as `wireroom publish` would send it: what git last sent, or
-- what `wireroom pull` wrote. NULL where no folder has it.
ALTER TABLE articles ADD COLUMN folder_digest TEXT;

-- The revision that somebody asked an editor to look at, when, who, and what they said with it.
ALTER TABLE stories ADD COLUMN review INTEGER;
ALTER TABLE stories ADD COLUMN review_at TEXT;
ALTER TABLE stories ADD COLUMN review_by TEXT;
ALTER TABLE stories ADD COLUMN review_note TEXT;
CREATE INDEX stories_in_review ON stories (changed_at, id) WHERE review IS NOT NULL;
CREATE INDEX stories_with_problem ON stories (changed_at, id) WHERE problems IS NOT NULL;

-- The revision whose words the search has. A search adds those that are missing first, so that no save has to.
ALTER TABLE stories ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stories_unsearchable ON stories (changed_at) WHERE searchable < head;

-- The search's row of each story.
CREATE TABLE story_rows (
  row INTEGER PRIMARY KEY,
  story TEXT NOT NULL UNIQUE
);
-- Words of the newest revision; the texts themselves are in `revisions` alone.
CREATE VIRTUAL TABLE story_words USING fts5 (
  headline, dek, byline, body,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- Who had a story open, and when their browser last said so.
CREATE TABLE presence (
  story TEXT NOT NULL,
  person TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (story, person)
) WITHOUT ROWID;
