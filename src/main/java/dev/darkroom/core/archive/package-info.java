/** The images that the gateway keeps: the ports to where they come from and to where they stay. */
@NullMarked
package dev.darkroom.core.archive;

import org.jspecify.annotations.NullMarked;
