-- How often a picture could not be made over: after some tries nobody tries again by himself.
CREATE TABLE rendition_failures (
  -- SHA-256 of the picture, lower-case hex, and what was asked for, as in `renditions`.
  source TEXT NOT NULL,
  wanted TEXT NOT NULL,
  tries  INTEGER NOT NULL,
  PRIMARY KEY (source, wanted)
) WITHOUT ROWID;
