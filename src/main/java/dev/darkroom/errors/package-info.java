/** The exceptions that state machines name. They never move: their full names are a part of deployed state machines. */
@NullMarked
package dev.darkroom.errors;

import org.jspecify.annotations.NullMarked;
