-- A decision that a page or an app has asked for goes back to no effect.
ALTER TABLE decisions ALTER COLUMN cause DROP NOT NULL;
