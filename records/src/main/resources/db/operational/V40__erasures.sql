-- That somebody was erased: by whom, why, and how much was found where. Never who it was.
CREATE TABLE erasures (
  tenant text NOT NULL,
  id text NOT NULL,
  at timestamptz NOT NULL,
  erased_by text NOT NULL,
  reason text NOT NULL,
  -- in the log and the states
  names bigint NOT NULL,
  effects bigint NOT NULL,
  messages bigint NOT NULL,
  -- by table, how many rows
  rows jsonb NOT NULL,
  PRIMARY KEY (tenant, id)
);
