/** The dialect of OpenAI: its endpoints for images and models. */
@NullMarked
package dev.darkroom.http.openai;

import org.jspecify.annotations.NullMarked;
