-- Which definitions were deployed: by whom, why, and what came of it.
CREATE TABLE definitions (
  tenant text NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  -- of the pack, by what its files hold
  id text NOT NULL,
  -- by what it means: packs that differ only in how sources are read have the same
  definition text NOT NULL,
  state text NOT NULL CHECK (state IN ('begun', 'live', 'superseded', 'rolled_back', 'failed')),
  deployed_by text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  -- the definition that was in force before; empty of the first
  replaced text NOT NULL,
  -- from where on it is in force; empty until then
  position text NOT NULL DEFAULT '',
  program int NOT NULL DEFAULT 0,
  -- by declaration, from when on it knows what happened; what is not in it knows everything
  known_since jsonb NOT NULL DEFAULT '{}',
  -- why it failed
  detail text NOT NULL DEFAULT '',
  -- whether what it replaces is given up, or only followed
  is_rollback boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant, ordinal)
);
