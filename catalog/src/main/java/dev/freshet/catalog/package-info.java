/**
 * What the modules of Freshet share: the published language, the event log and its projections, the
 * graph, the SQL surface. Imports no other module.
 */
@NullMarked
package dev.freshet.catalog;

import org.jspecify.annotations.NullMarked;
