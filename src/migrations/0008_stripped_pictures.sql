-- Whether a picture's file was stripped of what it tells beside the picture (src/lib/strip/strip.ts): 0 for those of before, which
-- cron strips, and for those of a site that keeps it all.
ALTER TABLE media ADD COLUMN stripped INTEGER NOT NULL DEFAULT 0;
-- Cron asks each minute, and nearly always there is none.
CREATE INDEX media_unstripped ON media (sha256) WHERE stripped = 0;
