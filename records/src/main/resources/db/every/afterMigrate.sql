-- After every migration, every table of the schema is closed: a table that somebody forgot to close would show one tenant's rows to another.
DO $$
DECLARE
  one record;
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${application}', current_schema());
  FOR one IN
    SELECT c.relname AS name
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant'
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one.name);
    EXECUTE format('DROP POLICY IF EXISTS own_rows ON %I', one.name);
    EXECUTE format(
      'CREATE POLICY own_rows ON %I USING (tenant = current_setting(''forestall.tenant'', true))', one.name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ${application}', one.name);
  END LOOP;
END $$;
