-- Who sent the policy that is stored: `git`, a folder that `wireroom publish` sends, or `api`, anything else. NULL for what was
-- stored before this.
ALTER TABLE partners ADD COLUMN home TEXT;
