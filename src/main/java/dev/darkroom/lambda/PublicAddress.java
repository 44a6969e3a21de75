package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.darkroom.domain.GenerationId;

/** Where the caller reached us: scheme, host and whatever stands before {@code /api/v3}, such as a stage. */
record PublicAddress(String base) {

    private static final String API = "/api/v3/";

    static PublicAddress of(APIGatewayV2HTTPEvent event) {
        var path = event.getRawPath();
        var prefix = path.substring(0, Math.max(0, path.indexOf(API)));
        var scheme = event.getHeaders().getOrDefault("x-forwarded-proto", "https");
        return new PublicAddress(scheme + "://" + event.getRequestContext().getDomainName() + prefix);
    }

    String result(GenerationId id) {
        return base + resultPath(id);
    }

    static String resultPath(GenerationId id) {
        return API + "predictions/" + id + "/result";
    }
}
