/** Logical-replication publications of stream tables. Empty until they exist. */
@NullMarked
package dev.freshet.publication;

import org.jspecify.annotations.NullMarked;
