package dev.darkroom.http.openai.wire;

import dev.darkroom.core.generation.GenerationId;

/** The paths of OpenAI's API, as the answers name them. */
public final class OpenAiPaths {

    /** With which all paths begin. */
    public static final String ROOT = "/v1/";

    private OpenAiPaths() {}

    /** Where a caller reads a generation. */
    public static String task(GenerationId id) {
        return ROOT + "images/tasks/" + id;
    }
}
