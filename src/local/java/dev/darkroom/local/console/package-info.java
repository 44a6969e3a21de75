/** What {@code make run} says in the terminal and writes to its log file. */
@NullMarked
package dev.darkroom.local.console;

import org.jspecify.annotations.NullMarked;
