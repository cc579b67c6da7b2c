-- People: their e-mail address, their passkeys, the browsers of their sessions; and whom or what an act was about.

-- By this address Cloudflare Access names them, in lower case.
ALTER TABLE people ADD COLUMN email TEXT;
CREATE UNIQUE INDEX people_by_email ON people (email) WHERE email IS NOT NULL;
-- When they were last at the desk, to the hour; their sessions know it to the minute, until they end.
ALTER TABLE people ADD COLUMN seen_at TEXT;

-- User-Agent of the browser that signed in.
ALTER TABLE sessions ADD COLUMN agent TEXT;

CREATE TABLE passkeys (
  -- The credential's id, as base64url.
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  -- As its person calls it.
  name TEXT NOT NULL,
  -- COSE's number of the algorithm: -7, -8 or -257.
  algorithm INTEGER NOT NULL,
  -- SubjectPublicKeyInfo, as base64url.
  public_key TEXT NOT NULL,
  -- How often it has signed, as it says itself; 0 for one that doesn't count.
  counter INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  used_at TEXT
) WITHOUT ROWID;
CREATE INDEX passkeys_by_person ON passkeys (person);

-- Challenges that a passkey has signed: each is taken once. The others are stored nowhere, as anybody may ask for one.
CREATE TABLE used_challenges (
  challenge TEXT PRIMARY KEY,
  expires TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX used_challenges_by_end ON used_challenges (expires);

-- What challenges are signed with.
CREATE TABLE desk_secrets (
  name TEXT PRIMARY KEY,
  secret TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO desk_secrets (name, secret) VALUES ('challenges', lower(hex(randomblob(32))));

-- The person whom an act was about, or the name of a passkey.
ALTER TABLE journal ADD COLUMN about TEXT;
CREATE INDEX journal_by_person ON journal (by, id);
CREATE INDEX journal_by_act ON journal (act, id);
