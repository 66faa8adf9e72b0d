-- Which of its kind a rejected record is, and whether it is kept only for being the latest.
ALTER TABLE rejected ADD COLUMN number bigint NOT NULL DEFAULT 0, ADD COLUMN is_latest boolean NOT NULL DEFAULT false;
