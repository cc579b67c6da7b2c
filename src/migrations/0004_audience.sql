-- How many subscribers a service said that a document has, and on which day (UTC) it last did. Nothing of single readers.
CREATE TABLE audience (
  feed        TEXT NOT NULL,
  format      TEXT NOT NULL,
  fetcher     TEXT NOT NULL,
  subscribers INTEGER NOT NULL,
  day         TEXT NOT NULL,
  PRIMARY KEY (feed, format, fetcher)
) WITHOUT ROWID;
