/** Receivers of the webhooks of a run, and what must hold for them after it. */
@NullMarked
package dev.darkroom.faults.receivers;

import org.jspecify.annotations.NullMarked;
