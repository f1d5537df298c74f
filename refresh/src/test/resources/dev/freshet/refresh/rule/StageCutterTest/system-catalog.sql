-- Sources

-- Defining query
SELECT c.relname FROM pg_catalog.pg_class c;

-- Has no delta: system_catalog at character 23
--   changes of pg_catalog.pg_class cannot be captured
--   here: pg_catalog.pg_class c
