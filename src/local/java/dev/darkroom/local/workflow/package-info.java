/** The part of Step Functions that tasks with a token use. */
@NullMarked
package dev.darkroom.local.workflow;

import org.jspecify.annotations.NullMarked;
