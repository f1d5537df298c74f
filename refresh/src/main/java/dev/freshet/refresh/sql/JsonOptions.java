package dev.freshet.refresh.sql;

/** How a SQL/JSON path function shapes its result. */
public record JsonOptions(
    Wrapper wrapper, Quotes quotes, JsonBehavior onEmpty, JsonBehavior onError) {
  /** Nothing said. */
  public static final JsonOptions NONE =
      new JsonOptions(
          Wrapper.UNSPECIFIED,
          Quotes.UNSPECIFIED,
          new JsonBehavior.Unspecified(),
          new JsonBehavior.Unspecified());

  /** The same options over what the mapping makes of their expressions. */
  public JsonOptions mapNodes(NodeMapping mapping) {
    return new JsonOptions(wrapper, quotes, onEmpty.mapNodes(mapping), onError.mapNodes(mapping));
  }

  /** Whether the result is wrapped in an array. */
  public enum Wrapper {
    UNSPECIFIED,
    WITHOUT,
    CONDITIONAL,
    UNCONDITIONAL
  }

  /** Whether a string result keeps its quotes. */
  public enum Quotes {
    UNSPECIFIED,
    KEEP,
    OMIT
  }
}
