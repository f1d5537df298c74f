package dev.freshet.app.cli.definitions;

/** Whether the changes of a stream table are published, and by what. */
sealed interface Publication {

  /** By none. */
  record None() implements Publication {}

  /** By one that is called after the stream table. */
  record Own() implements Publication {}

  /** By one that is called otherwise, which several stream tables can share. */
  record Named(String name) implements Publication {}
}
