/** Records and pure decisions. Imports the JDK and JSpecify only. */
@NullMarked
package dev.darkroom.domain;

import org.jspecify.annotations.NullMarked;
