package dev.darkroom.provider.wavespeed;

/** The provider's answers. */
final class ApiAnswers {

    /** The response parameters of the API document. Clients have seen created_at with nine fractional digits. */
    static final String CREATED = """
            {"code": 200, "message": "success", "data": {"id": "8f2d", "model": "wavespeed-ai/imagen4", "outputs": [],
             "urls": {"get": "https://api.wavespeed.ai/api/v3/predictions/8f2d/result"}, "has_nsfw_contents": [],
             "status": "created", "created_at": "2025-06-01T12:34:56.789123456Z", "error": "", "timings": {"inference": 0}}}
            """;

    private ApiAnswers() {}
}
