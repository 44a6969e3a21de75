package dev.darkroom.http.wavespeed.wire;

import dev.darkroom.core.generation.GenerationId;

/** The paths of the provider's API, as the answers name them. */
public final class ApiPaths {

    /** With which all paths begin. */
    public static final String ROOT = "/api/v3/";

    private ApiPaths() {}

    /** Where a caller reads a generation. */
    public static String result(GenerationId id) {
        return ROOT + "predictions/" + id + "/result";
    }
}
