-- Run again whenever the version changes.
CREATE OR REPLACE FUNCTION freshet.version() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '${version}';
COMMENT ON FUNCTION freshet.version() IS 'The version of the service that installed this.';
