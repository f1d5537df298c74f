/**
 * Logical-replication publications of stream tables. They are made and dropped by SQL functions, in
 * the transaction of the command; here is what looks after them since.
 */
@NullMarked
package dev.freshet.publication;

import org.jspecify.annotations.NullMarked;
