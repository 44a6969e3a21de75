/** The port to the table, and what every use case needs. */
@NullMarked
package dev.darkroom.core.store;

import org.jspecify.annotations.NullMarked;
