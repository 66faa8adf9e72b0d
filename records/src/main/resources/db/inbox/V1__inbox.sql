-- What people and channels did, until the engine's log has it: nothing is lost between the two stores.

CREATE TABLE reports (
  tenant text NOT NULL,
  -- who reports, and what they call it: the same is the same report, sent again
  reporter text NOT NULL,
  id text NOT NULL,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  body bytea NOT NULL,
  received_at timestamptz NOT NULL,
  -- when the log had it; null as long as it waits
  relayed_at timestamptz,
  position text,
  PRIMARY KEY (tenant, reporter, id)
);
CREATE INDEX reports_waiting ON reports (tenant, ordinal) WHERE relayed_at IS NULL;
CREATE INDEX reports_relayed ON reports (tenant, relayed_at) WHERE relayed_at IS NOT NULL;
