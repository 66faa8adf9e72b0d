-- What commands answered, for whoever sends one again because the answer was lost.
CREATE TABLE idempotency (
  tenant text NOT NULL,
  -- the key or user that asked
  holder text NOT NULL,
  key text NOT NULL,
  -- SHA-256 over method, path and body
  fingerprint text NOT NULL,
  begun_at timestamptz NOT NULL,
  -- null while it is being done
  status int,
  content_type text NOT NULL DEFAULT '',
  body bytea,
  PRIMARY KEY (tenant, holder, key)
);
CREATE INDEX idempotency_age ON idempotency (tenant, begun_at);

-- By which cursors are signed.
CREATE TABLE api_secret (
  tenant text NOT NULL PRIMARY KEY,
  secret bytea NOT NULL
);
