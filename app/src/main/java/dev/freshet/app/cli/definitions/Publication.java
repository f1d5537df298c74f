package dev.freshet.app.cli.definitions;

/** Whether the changes of a stream table are published, and by what. */
sealed interface Publication {

  /** By none. */
  record None() implements Publication {
    @Override
    public String toString() {
      return "";
    }
  }

  /** By one that is called after the stream table; in a file, by whichever carries it already. */
  record Own() implements Publication {
    @Override
    public String toString() {
      return "true";
    }
  }

  /** By one that is called otherwise, which several stream tables can share. */
  record Named(String name) implements Publication {
    @Override
    public String toString() {
      return name;
    }
  }
}
