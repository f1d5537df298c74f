package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import java.util.List;

/** Finds out whose sources cannot be locked, where that of all members together failed. */
final class Culprits {

  private final Session session;
  private final MaintainedTables plans;

  Culprits(Session session, MaintainedTables plans) {
    this.session = session;
    this.plans = plans;
  }

  List<Member> among(List<Member> members) {
    return members.stream()
        .filter(member -> plans.find(member.pgtId()).map(table -> !isLockable(table)).orElse(false))
        .toList();
  }

  private boolean isLockable(MaintainedTable table) {
    try {
      session.query("BEGIN; LOCK TABLE " + table.view() + " IN ACCESS SHARE MODE");
      return true;
    } catch (DatabaseException refused) {
      if (refused.category() != ErrorCategory.STATEMENT) {
        throw refused;
      }
      plans.forget(table.pgtId());
      return false;
    } finally {
      session.query("ROLLBACK");
    }
  }
}
