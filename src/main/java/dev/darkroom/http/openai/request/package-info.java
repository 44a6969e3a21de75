/** What OpenAI's clients send, and what a model is asked because of it. */
@NullMarked
package dev.darkroom.http.openai.request;

import org.jspecify.annotations.NullMarked;
