-- What the dispatcher knows and nobody else: it is dropped by nothing.

CREATE TABLE positions (
  tenant text NOT NULL,
  name text NOT NULL,
  next text NOT NULL,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE outbox (
  tenant text NOT NULL,
  request text NOT NULL,
  customer_kind text NOT NULL,
  customer text NOT NULL,
  action text NOT NULL,
  policy text NOT NULL,
  purpose text NOT NULL,
  channels text[] NOT NULL,
  -- that of the permit; empty without one
  channel text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('requested', 'held', 'due', 'deferred', 'permitted', 'sending', 'uncertain', 'sent', 'delivered',
    'failed', 'dead', 'refused', 'outbid', 'withdrawn', 'expired')),
  rule text NOT NULL DEFAULT '',
  value text NOT NULL DEFAULT '',
  -- since when it is in this state
  since timestamptz NOT NULL,
  -- when something has to be done about it next; null when nothing has
  next_at timestamptz,
  expires_at timestamptz NOT NULL,
  -- how often it was given to a provider
  attempts int NOT NULL DEFAULT 0,
  -- how often a permit was asked for
  asked int NOT NULL DEFAULT 0,
  provider text NOT NULL DEFAULT '',
  provider_id text NOT NULL DEFAULT '',
  cost_minor bigint NOT NULL,
  currency text NOT NULL,
  -- the request and its latest permit, as effects
  requested bytea NOT NULL,
  permit bytea,
  PRIMARY KEY (tenant, request)
);
-- One customer is dealt with by one worker at a time, and for one request.
CREATE UNIQUE INDEX one_open_claim ON outbox (tenant, customer_kind, customer) WHERE state IN ('due', 'permitted', 'sending');
CREATE INDEX outbox_of_customer ON outbox (tenant, customer_kind, customer, next_at);
CREATE INDEX outbox_next ON outbox (tenant, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_by_state ON outbox (tenant, state, since);

-- Each time a request was given to a provider.
CREATE TABLE attempts (
  tenant text NOT NULL,
  request text NOT NULL,
  attempt int NOT NULL,
  channel text NOT NULL,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- sent, failed, later, uncertain, interrupted; null while it is under way
  result text,
  detail text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant, request, attempt)
);

-- Kill switches.
CREATE TABLE stops (
  tenant text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('all', 'policy', 'channel')),
  name text NOT NULL,
  reason text NOT NULL,
  stopped_by text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (tenant, scope, name)
);

CREATE TABLE sending (
  tenant text NOT NULL PRIMARY KEY,
  -- everything is decided and nothing is sent
  dry_run boolean NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Hard budgets: what may be spent in a period, and what was.
CREATE TABLE budgets (
  tenant text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('all', 'policy', 'channel')),
  name text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  period text NOT NULL CHECK (period IN ('day', 'month')),
  zone text NOT NULL,
  period_began_at timestamptz NOT NULL,
  spent_minor bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, scope, name)
);

-- Receivers that asked for patience are left alone until then.
CREATE TABLE pauses (
  tenant text NOT NULL,
  channel text NOT NULL,
  until_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, channel)
);

-- Where webhooks go.
CREATE TABLE endpoints (
  tenant text NOT NULL,
  -- the channel of the pack that it serves; empty for all that have none of their own
  channel text NOT NULL,
  url text NOT NULL,
  -- the newest first; what is sent is signed with each
  secrets text[] NOT NULL,
  -- until when the older ones are used
  old_secrets_until timestamptz,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, channel)
);
