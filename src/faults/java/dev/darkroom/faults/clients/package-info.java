/** Unmodified clients of OpenAI's API behind a line that breaks: what they pay for, and what reaches them. */
@NullMarked
package dev.darkroom.faults.clients;

import org.jspecify.annotations.NullMarked;
