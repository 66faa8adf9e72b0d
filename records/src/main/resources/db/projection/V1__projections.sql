-- What people and programs look up, made of effects alone: it can be dropped and made anew at any time.

-- How far a projection is. Written with the rows, so that each effect is in them exactly once.
CREATE TABLE positions (
  tenant text NOT NULL,
  name text NOT NULL,
  next text NOT NULL,
  PRIMARY KEY (tenant, name)
);

-- One row per effect, as the timeline shows it.
CREATE TABLE effects (
  tenant text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  journey_key text NOT NULL,
  at timestamptz NOT NULL,
  -- the order of the record; they are compared, and mean nothing outside
  position bigint NOT NULL,
  index int NOT NULL,
  -- the effects that brought it about
  causes text[] NOT NULL,
  body json NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX effects_of_subject ON effects (tenant, subject_kind, subject, position DESC, index DESC, id DESC);
CREATE INDEX effects_latest ON effects (tenant, position DESC, index DESC, id DESC);

CREATE TABLE customers (
  tenant text NOT NULL,
  customer text NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  -- place of the latest effect on the customer
  position bigint NOT NULL,
  effects bigint NOT NULL,
  treatment_group text,
  PRIMARY KEY (tenant, customer)
);
CREATE INDEX customers_latest ON customers (tenant, position DESC, customer);
CREATE INDEX customers_by_name ON customers (tenant, customer text_pattern_ops);

CREATE TABLE signals (
  tenant text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  journey_key text NOT NULL,
  -- active, ended, withdrawn
  state text NOT NULL,
  raised_at timestamptz NOT NULL,
  over_at timestamptz,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX signals_active ON signals (tenant, subject_kind, subject) WHERE state = 'active';

CREATE TABLE risks (
  tenant text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  prediction text NOT NULL,
  level double precision NOT NULL,
  -- whether the level is exceeded now
  is_high boolean NOT NULL,
  probability double precision NOT NULL,
  at timestamptz NOT NULL,
  effect text NOT NULL,
  PRIMARY KEY (tenant, subject_kind, subject, prediction, level)
);
CREATE INDEX risks_high ON risks (tenant, prediction) WHERE is_high;

CREATE TABLE alerts (
  tenant text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  owner text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  journey_key text NOT NULL,
  -- raised, escalated, resolved
  state text NOT NULL,
  triggers int NOT NULL,
  raised_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  why text,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX alerts_open ON alerts (tenant, raised_at DESC) WHERE state <> 'resolved';

CREATE TABLE decisions (
  tenant text NOT NULL,
  id text NOT NULL,
  policy text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  journey_key text NOT NULL,
  at timestamptz NOT NULL,
  cause text NOT NULL,
  treatment_group text NOT NULL,
  chosen text NOT NULL,
  would_choose text NOT NULL,
  propensity double precision NOT NULL,
  is_too_late boolean NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX decisions_latest ON decisions (tenant, policy, position DESC);
CREATE INDEX decisions_of_subject ON decisions (tenant, subject_kind, subject, position DESC);

CREATE TABLE requests (
  tenant text NOT NULL,
  id text NOT NULL,
  -- empty when a person or a workflow has asked
  policy text NOT NULL,
  decision text,
  cause text,
  repeats text,
  action text NOT NULL,
  customer_kind text NOT NULL,
  customer text NOT NULL,
  journey_key text NOT NULL,
  purpose text NOT NULL,
  channels text[] NOT NULL,
  -- on which it was permitted or sent; empty before
  channel text NOT NULL,
  stage text NOT NULL,
  rule text,
  value text,
  until_at timestamptz,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  permits int NOT NULL,
  is_live boolean NOT NULL,
  cost_minor bigint NOT NULL,
  currency text NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX requests_latest ON requests (tenant, position DESC, id);
CREATE INDEX requests_of_customer ON requests (tenant, customer_kind, customer, position DESC);
CREATE INDEX requests_by_stage ON requests (tenant, stage);

-- Every step of a request, in the order of the record.
CREATE TABLE request_steps (
  tenant text NOT NULL,
  request text NOT NULL,
  id text NOT NULL,
  stage text NOT NULL,
  rule text,
  value text,
  until_at timestamptz,
  at timestamptz NOT NULL,
  position bigint NOT NULL,
  index int NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX steps_of_request ON request_steps (tenant, request, position, index);

CREATE TABLE outcomes (
  tenant text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  decision text NOT NULL,
  policy text NOT NULL,
  subject_kind text NOT NULL,
  subject text NOT NULL,
  treatment_group text NOT NULL,
  success boolean NOT NULL,
  at timestamptz NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX outcomes_of_decision ON outcomes (tenant, decision);
