package dev.freshet.catalog.event.scheduler;

/** On whose behalf a refresh runs. */
public enum InitiatedBy {
  SCHEDULER,
  MANUAL,
  INITIAL
}
