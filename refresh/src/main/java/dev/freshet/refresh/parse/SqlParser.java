package dev.freshet.refresh.parse;

import dev.freshet.refresh.sql.Cast;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.TypeName;

/**
 * Reads SQL by PostgreSQL's own grammar. Meant for canonical text, as {@code pg_get_viewdef} prints
 * it, and accepts any query. Thread-safe; takes some milliseconds for a query, and most of a second
 * the first time.
 */
public final class SqlParser {
  private final GrammarPool grammars;

  /**
   * A parser with its own instances of the grammar, of which there is one for each simultaneous
   * call.
   */
  public SqlParser() {
    this(new GrammarPool());
  }

  SqlParser(GrammarPool grammars) {
    this.grammars = grammars;
  }

  /**
   * The tree of a query.
   *
   * @throws SqlSyntaxException where the text is not one query
   * @throws UnsupportedSyntaxException where the tree has no node for a construct
   */
  public Query parse(String sql) {
    return grammars.call(grammar -> {
      ParseNode statement = ParseTree.statement(sql, grammar.parse(sql));
      return new TreeReader().queries().read(statement);
    });
  }

  /** The tree of an expression. */
  public Expression parseExpression(String sql) {
    if (parse("SELECT " + sql) instanceof Select select
        && select.targets().size() == 1
        && select.equals(Select.builder().targets(select.targets()).build())
        && select.targets().getFirst().alias().isEmpty()) {
      return select.targets().getFirst().expression();
    }
    throw new SqlSyntaxException("not an expression", 1);
  }

  /** The name of a type, as {@code format_type} prints it. */
  public TypeName parseType(String sql) {
    if (parseExpression("NULL::" + sql) instanceof Cast cast) {
      return cast.type();
    }
    throw new SqlSyntaxException("not a type", 1);
  }
}
