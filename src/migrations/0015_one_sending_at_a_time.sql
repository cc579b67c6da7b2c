-- 1 while a version is being sent: what is newer waits for its end, or for `next_at`, by when it must have failed.
ALTER TABLE deliveries ADD COLUMN sending INTEGER NOT NULL DEFAULT 0;
