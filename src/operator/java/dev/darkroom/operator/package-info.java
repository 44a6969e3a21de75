/**
 * The commands of operators: {@code make key}, {@code make keys}, {@code make key-disable}, {@code make stuck},
 * {@code make resubmit}, {@code make fail}, {@code make export}, {@code make model} and {@code make models}. Never part
 * of the artifact.
 */
@NullMarked
package dev.darkroom.operator;

import org.jspecify.annotations.NullMarked;
