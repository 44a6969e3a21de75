/**
 * The commands of operators: {@code make key}, {@code make keys}, {@code make key-disable}, {@code make stuck},
 * {@code make resubmit} and {@code make fail}. Never part of the artifact.
 */
@NullMarked
package dev.darkroom.operator;

import org.jspecify.annotations.NullMarked;
