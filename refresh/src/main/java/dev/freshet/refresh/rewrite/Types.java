package dev.freshet.refresh.rewrite;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.sql.Query;
import java.util.List;

/** PostgreSQL's word on the types of a query; the compiler infers none itself. */
public interface Types {

  /** The columns of a query, none of them said to be NOT NULL. */
  List<Column> of(Query query);

  /** Makes an inner stage known, so that later queries can read it. */
  void declare(RelationName stage, Query query);
}
