/** What is done for a row after its generation has ended: one step class and one port for each kind of follow-up. */
@NullMarked
package dev.darkroom.core.followup;

import org.jspecify.annotations.NullMarked;
