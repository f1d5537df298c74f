package dev.freshet.refresh.sql;

/** The FORMAT clause of SQL/JSON: whether a value is JSON text, and in which encoding. */
public enum JsonFormat {
  DEFAULT,
  JSON,
  JSON_UTF8,
  JSON_UTF16,
  JSON_UTF32
}
