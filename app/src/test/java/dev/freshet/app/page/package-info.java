/** The page and what it loads, from the packaged application. */
@NullMarked
package dev.freshet.app.page;

import org.jspecify.annotations.NullMarked;
