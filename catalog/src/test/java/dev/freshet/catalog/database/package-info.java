/** Tests of reaching the served database. */
@NullMarked
package dev.freshet.catalog.database;

import org.jspecify.annotations.NullMarked;
