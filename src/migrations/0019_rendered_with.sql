-- The settings that all articles were found to be rendered with: cron need not look at their fingerprints again. NULL: it must.
ALTER TABLE sequence ADD COLUMN rendered_with TEXT;
