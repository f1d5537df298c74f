-- Which cluster and database this is; a copy is recognised by it.
INSERT INTO freshet.installation (system_identifier, database_oid, service_role)
SELECT c.system_identifier, d.oid, current_user
  FROM pg_control_system() AS c, pg_database AS d
 WHERE d.datname = current_database()
ON CONFLICT DO NOTHING
