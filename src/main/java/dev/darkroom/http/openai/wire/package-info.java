/** What OpenAI's clients read: images, tasks, models and errors in the dialect's own form. */
@NullMarked
package dev.darkroom.http.openai.wire;

import org.jspecify.annotations.NullMarked;
