/** The application: wiring, command line, GraphQL, page, health, metrics, embedded PostgreSQL. */
@NullMarked
package dev.freshet.app;

import org.jspecify.annotations.NullMarked;
