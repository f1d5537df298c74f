-- A set-returning function is thought to return 1,000 rows. Walking along views multiplied that to 28,000,000, for which PostgreSQL
-- reserved and cleared all of work_mem: at the 64 MB of a refresh a second and a half, for a handful of rows.
ALTER FUNCTION freshet.relations_named_by(oid) ROWS 5;
ALTER FUNCTION freshet.lineage(oid, oid) ROWS 10 SET work_mem = '1MB';
ALTER FUNCTION freshet.functions_called_by(oid) ROWS 20;
ALTER FUNCTION freshet.types_named_by(oid) ROWS 20;
ALTER FUNCTION freshet.types_within(oid[]) ROWS 10 SET work_mem = '1MB';
