package dev.freshet.app.graphql;

import org.eclipse.microprofile.graphql.Description;

/** {@code risk} of {@code freshet.pgt_subscribers}, in capitals. */
@Description(
    "What threatens a slot. LOST: PostgreSQL has removed what it would have needed. LOSING: it soon may. GROWING: more than a gigabyte is kept for it.")
public enum SubscriberRisk {
  NONE,
  GROWING,
  LOSING,
  LOST
}
