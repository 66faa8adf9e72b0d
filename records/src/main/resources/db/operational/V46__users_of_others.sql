-- Who keeps the name and the roles of somebody: empty for ourselves, else the address of an identity provider.
ALTER TABLE users ADD COLUMN issuer text NOT NULL DEFAULT '';
