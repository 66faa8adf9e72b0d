-- What arrived and could not be used: counted exactly for ever, kept whole up to a quota per source and code.

CREATE TABLE rejected_counts (
  tenant text NOT NULL,
  source text NOT NULL,
  code text NOT NULL,
  seen bigint NOT NULL,
  kept bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, source, code)
);

CREATE TABLE rejected (
  tenant text NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  source text NOT NULL,
  code text NOT NULL,
  event text NOT NULL,
  field text NOT NULL,
  detail text NOT NULL,
  at timestamptz NOT NULL,
  raw text NOT NULL,
  replayed_at timestamptz,
  PRIMARY KEY (tenant, ordinal)
);
CREATE INDEX rejected_latest ON rejected (tenant, source, code, ordinal DESC);
