/** Generations for Step Functions: starting them, and notifying the tasks that wait for them. */
@NullMarked
package dev.darkroom.workflow;

import org.jspecify.annotations.NullMarked;
