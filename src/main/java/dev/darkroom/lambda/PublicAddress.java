package dev.darkroom.lambda;

import dev.darkroom.domain.GenerationId;

/** Where the caller reached us: scheme, host and whatever stands before {@code /api/v3}, such as a stage. */
record PublicAddress(String base) {

    private static final String API = "/api/v3/";

    static PublicAddress of(ApiGatewayRequest request) {
        var path = request.rawPath();
        var prefix = path.substring(0, Math.max(0, path.indexOf(API)));
        var scheme = request.header("x-forwarded-proto").orElse("https");
        return new PublicAddress(scheme + "://" + request.domainName() + prefix);
    }

    String result(GenerationId id) {
        return base + resultPath(id);
    }

    static String resultPath(GenerationId id) {
        return API + "predictions/" + id + "/result";
    }
}
