-- What a key is for, and how long it holds. Keys from before could do everything.
ALTER TABLE keys ADD COLUMN scopes text[] NOT NULL DEFAULT '{}';
UPDATE keys SET scopes = '{admin}' WHERE kind = 'secret';
ALTER TABLE keys ADD COLUMN last_used_at timestamptz;
-- the key that takes its place, while both hold
ALTER TABLE keys ADD COLUMN replaced_by text;
