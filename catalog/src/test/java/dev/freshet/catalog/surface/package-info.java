/**
 * What users type, tested in SQL against a real PostgreSQL.
 *
 * <p>Invariant: the service is an ordinary role here, unless a test says otherwise; users are other
 * ordinary roles.
 */
@NullMarked
package dev.freshet.catalog.surface;

import org.jspecify.annotations.NullMarked;
