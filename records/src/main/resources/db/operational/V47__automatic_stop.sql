-- How much a policy asks for is counted from when it was asked for, and from when it was last let go on.
ALTER TABLE outbox ADD COLUMN requested_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX outbox_of_policy ON outbox (tenant, policy, requested_at);

CREATE TABLE resumed (
  tenant text NOT NULL,
  policy text NOT NULL,
  resumed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, policy)
);
