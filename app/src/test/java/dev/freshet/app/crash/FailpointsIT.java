package dev.freshet.app.crash;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each phase, and each way to die; {@link FailpointsSuite} has all of them together. */
class FailpointsIT extends Deaths {

  @ParameterizedTest
  @CsvSource({
    "SETTLED,   SESSION_TAKEN,    CONNECTION_CUT",
    "SETTLED,   LOCKED,           BACKEND_TERMINATED",
    "SETTLED,   SNAPSHOT_TAKEN,   CONNECTION_CUT",
    "SETTLED,   APPLYING,         BACKEND_TERMINATED",
    "SETTLED,   FRONTIER_WRITTEN, CONNECTION_CUT",
    "SETTLED,   COMMITTED,        CONNECTION_CUT",
    "SETTLED,   COMMITTED,        BACKEND_TERMINATED",
    "COMPONENT, SNAPSHOT_TAKEN,   BACKEND_TERMINATED",
    "COMPONENT, CHANGES_READ,     CONNECTION_CUT",
    "COMPONENT, APPLIED,          BACKEND_TERMINATED",
    "COMPONENT, COMPLETED,        CONNECTION_CUT",
    "COMPONENT, COMMITTING,       BACKEND_TERMINATED",
    "COMPONENT, COMMITTED,        CONNECTION_CUT",
    "COMPONENT, APPLIED,          PROCESS_KILLED",
    "SETTLED,   COMMITTED,        PROCESS_KILLED",
    "SETTLED,   APPLYING,         SERVER_RESTARTED",
    "COMPONENT, COMMITTED,        SERVER_RESTARTED"
  })
  void whateverDiesIsAsBeforeOrAsAfterAndFreshAgain(Phase.Kind kind, Phase phase, Fault fault)
      throws Exception {
    die(kind, phase, fault);
  }
}
