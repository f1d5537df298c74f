package dev.freshet.app.cli.definitions;

import dev.freshet.catalog.database.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The definitions of stream tables as they are in a database.
 *
 * @param text as YAML
 * @param count how many
 */
public record Export(String text, int count) {

  private static final String FIND =
      "SELECT t.pgt_relid_number AS relation FROM freshet.pgt_stream_tables AS t"
          + " WHERE t.pgt_id = freshet.visible_stream_table($1)";

  /**
   * Reads definitions.
   *
   * @param names of which; empty: of all that the caller may see
   * @throws dev.freshet.catalog.database.DatabaseException if there is none of a name that the
   *     caller may see
   */
  public static Export of(List<String> names, Session session) {
    Set<Long> wanted = new HashSet<>();
    for (String name : names) {
      wanted.add(session.execute(FIND, name).iterator().next().getLong("relation"));
    }
    List<Definition> definitions =
        DefinedStreamTables.read(session).stream()
            .filter(defined -> names.isEmpty() || wanted.contains(defined.relation()))
            .map(Defined::definition)
            .toList();
    return new Export(DefinitionsText.of(definitions), definitions.size());
  }
}
