/** Events on a bus of EventBridge. */
@NullMarked
package dev.darkroom.events;

import org.jspecify.annotations.NullMarked;
