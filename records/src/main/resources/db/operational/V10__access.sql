-- Who may use the server, and who changed what.

CREATE TABLE keys (
  tenant text NOT NULL,
  id text NOT NULL,
  -- write, secret
  kind text NOT NULL,
  name text NOT NULL,
  -- SHA-256 of the key; the key itself is kept nowhere
  hash text NOT NULL UNIQUE,
  -- its first letters, to tell keys apart
  shown text NOT NULL,
  -- whose events are sent with it; empty where none are
  source text NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE users (
  tenant text NOT NULL,
  name text NOT NULL,
  -- Argon2id
  password text NOT NULL,
  -- a password that somebody else chose holds until then, and has to be replaced; null for one of their own
  one_time_until timestamptz,
  roles text[] NOT NULL,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE audit (
  tenant text NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  before text NOT NULL,
  after text NOT NULL,
  -- over this entry and the hash of the one before
  hash text NOT NULL,
  PRIMARY KEY (tenant, ordinal)
);
