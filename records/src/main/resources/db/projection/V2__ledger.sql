-- What was spent, and what came of it: one line per decision.
CREATE TABLE ledger (
  tenant text NOT NULL,
  id text NOT NULL,
  -- empty when nobody decided, but a person or a workflow asked
  policy text NOT NULL,
  customer_kind text NOT NULL,
  customer text NOT NULL,
  at timestamptz NOT NULL,
  -- as assigned
  treatment_group text,
  action text NOT NULL,
  at_risk_minor bigint,
  request text,
  cost_minor bigint,
  currency text,
  payment text NOT NULL DEFAULT 'no' CHECK (payment IN ('no', 'perhaps', 'yes')),
  outcome text,
  success boolean,
  observed_at timestamptz,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX ledger_of_request ON ledger (tenant, request);
CREATE INDEX ledger_of_customer ON ledger (tenant, customer_kind, customer, at DESC);
CREATE INDEX ledger_by_policy ON ledger (tenant, policy);
