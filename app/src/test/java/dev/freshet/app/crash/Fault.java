package dev.freshet.app.crash;

/** What dies. */
enum Fault {
  /** The worker's session, at the server. */
  BACKEND_TERMINATED,
  /** The connection. */
  CONNECTION_CUT,
  /** The service, by SIGKILL; another one is started. */
  PROCESS_KILLED,
  /** The server, which starts anew. */
  SERVER_RESTARTED
}
