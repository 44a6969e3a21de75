/** What operators do: {@code make key}, {@code make keys}, {@code make key-disable}. Never part of the artifact. */
@NullMarked
package dev.darkroom.operator;

import org.jspecify.annotations.NullMarked;
