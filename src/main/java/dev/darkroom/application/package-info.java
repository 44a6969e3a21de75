/** Use cases and the ports that they need. Imports the JDK, JSpecify and the domain only. */
@NullMarked
package dev.darkroom.application;

import org.jspecify.annotations.NullMarked;
